"""Pictures as every reader of a file shows them: we keep WebP, which word processors and old readers do not know."""

from throughline.kit.apart import Apart, Broke

_PAINTING = Apart("throughline.elements.writing.portable_apart", seconds=30)


def portable(content: bytes) -> tuple[str, bytes, tuple[int, int]] | None:
    """`png` or `jpg`, the bytes, and the size in pixels; None when it is no picture."""
    try:
        told, painted = _PAINTING.ask({}, content)
    except Broke:
        return None
    return (told["kind"], painted, (told["width"], told["height"])) if told else None
