"""A file that was uploaded."""
