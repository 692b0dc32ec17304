"""Verbs of the page for families: writing, publishing, translating it; asking and answering."""
