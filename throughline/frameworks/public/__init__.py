"""Open to everyone."""
