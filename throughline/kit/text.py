"""Text as people type it, made safe for both database engines."""

import unicodedata


def clean_text(value: str) -> str:
    """NFC, no NUL (PostgreSQL refuses it), plain line ends, no blank edges."""
    text = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def clean_line(value: str) -> str:
    """`clean_text` on one line: any run of white space becomes one space."""
    return " ".join(clean_text(value).split())
