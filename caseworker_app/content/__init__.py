"""What ships beside the code and is read from `resources`: guides and sample people."""
