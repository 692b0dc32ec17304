"""Writing a framework."""
