"""What can be filled in: parts of pages that show a value and say when it changed."""
