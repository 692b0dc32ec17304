"""A version as a file."""
