"""Verbs of conversations and of suggestions."""
