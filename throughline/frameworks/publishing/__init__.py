"""A blueprint becomes a version, once and for good."""
