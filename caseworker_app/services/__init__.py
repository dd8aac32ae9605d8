"""What a coach does: one function, one thing, one transaction."""
