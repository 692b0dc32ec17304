"""Text as people type it, made safe for both database engines."""

import unicodedata


def clean_text(value: str) -> str:
    """NFC, no NUL (PostgreSQL refuses it), plain line ends, no blank edges; what nobody could see is nothing."""
    text = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text).strip()
    return text if any(map(_is_seen, text)) else ""


def _is_seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in {"Cc", "Cf"}


def clean_line(value: str) -> str:
    """`clean_text` on one line: any run of white space becomes one space."""
    return " ".join(clean_text(value).split())
