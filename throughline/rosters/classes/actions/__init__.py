"""Verbs of school years, classes, who is in them and who is whose guardian."""
