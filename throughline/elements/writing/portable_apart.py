"""Pictures painted in a format that every word processor shows, in a process apart (`kit.apart`)."""

from io import BytesIO

from PIL import Image

from throughline.kit.apart import Told, serve

MEGABYTES = 512


def repaint(_told: Told, content: bytes) -> tuple[Told, bytes]:
    """PNG or JPEG with its size in pixels; nothing when it is no picture."""
    try:
        with Image.open(BytesIO(content)) as picture:
            width, height = picture.size
            size = {"width": width, "height": height}
            if picture.format in {"PNG", "JPEG"}:
                picture.verify()
                return {"kind": "png" if picture.format == "PNG" else "jpg", **size}, content
            kept = BytesIO()
            if picture.has_transparency_data:
                picture.convert("RGBA").save(kept, "PNG")
                return {"kind": "png", **size}, kept.getvalue()
            picture.convert("RGB").save(kept, "JPEG", quality=88)
            return {"kind": "jpg", **size}, kept.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {}, b""


if __name__ == "__main__":
    serve(repaint, megabytes=MEGABYTES)
