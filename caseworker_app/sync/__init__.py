"""What travels between a laptop and the central store, and how. Knows no store and no screen."""
