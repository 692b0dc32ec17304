"""Keeping an installation well: backups, what a restore checks, and the doctor (docs/decisions/0022)."""
