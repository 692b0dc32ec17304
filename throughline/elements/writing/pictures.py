"""Pictures as every reader of a file shows them: we keep WebP, which word processors and old readers do not know."""

from io import BytesIO

from PIL import Image


def portable(content: bytes) -> tuple[str, bytes, tuple[int, int]] | None:
    """`png` or `jpg`, the bytes, and the size in pixels; None when it is no picture."""
    try:
        with Image.open(BytesIO(content)) as picture:
            size = picture.size
            if picture.format in {"PNG", "JPEG"}:
                picture.verify()
                return ("png" if picture.format == "PNG" else "jpg"), content, size
            kept = BytesIO()
            if picture.has_transparency_data:
                picture.convert("RGBA").save(kept, "PNG")
                return "png", kept.getvalue(), size
            picture.convert("RGB").save(kept, "JPEG", quality=88)
            return "jpg", kept.getvalue(), size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
