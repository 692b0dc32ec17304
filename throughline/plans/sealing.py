"""Words that somebody keeps for themselves, or for the two of a pair: sealed in the database, opened for those they are for."""

from throughline.kit.keeping import CannotOpen, open_up, seal_up


def sealed(text: str, *, whose: str) -> str:
    """`text`, so that the database alone cannot open it."""
    return seal_up(text, whose=whose)


def opened(words: str, *, whose: str) -> str | None:
    """What was sealed; nothing for nothing, and None where the key that sealed it is not on this server."""
    if not words:
        return ""
    try:
        return str(open_up(words, whose=whose))
    except CannotOpen:
        return None
