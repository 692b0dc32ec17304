"""Pictures are decoded and painted anew as WebP: what hid in the file (place, camera, a second file) is gone.

In a process apart (`kit.apart`), a new one for each picture: decoding takes much memory, and nobody vouches for the file.
"""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from throughline.kit.apart import Told, serve

LONGEST_SIDE = 2048
MOST_PIXELS = 40_000_000
MOST_PIXELS_JPEG = 150_000_000  # a JPEG can be decoded at a fraction of its size
MEGABYTES = 2048
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


def paint(_asked: Told, content: bytes) -> tuple[Told, bytes]:
    """The picture, or why it is `refused`."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            width, height = opened.size
            limit = MOST_PIXELS_JPEG if opened.format in ("JPEG", "MPO") else MOST_PIXELS
            if width * height > limit:
                return {"refused": "too many pixels"}, b""
            return {}, _painted(opened)
    except Image.DecompressionBombError:
        return {"refused": "too many pixels"}, b""
    except (
        Exception
    ):  # decoders fail in many ways on damaged files; whatever it was, there is no picture to keep
        return {"refused": "damaged"}, b""


def _painted(opened: Image.Image) -> bytes:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    clear = "A" in upright.getbands() or "transparency" in upright.info
    picture = _in_srgb(upright).convert("RGBA" if clear else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as their profile meant them, since the profile does not survive."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


if __name__ == "__main__":
    serve(paint, megabytes=MEGABYTES)
