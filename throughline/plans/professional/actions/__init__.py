"""Verbs of professional learning: what is offered and who takes part; what people write for themselves."""
