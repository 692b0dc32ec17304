"""Verbs of consultations: opening and ending them, commenting from outside, reading and answering."""
