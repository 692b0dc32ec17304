"""Pictures, painted anew (`painting.py`). Pure."""

from django.utils.translation import gettext_lazy as _

from throughline.files.kinds import FileRefused
from throughline.kit.apart import Apart, Broke

SECONDS = 60


def repaint(content: bytes) -> bytes:
    """The picture (of an animation: its first) upright, at most 2048 pixels wide or high, as WebP without metadata."""
    try:
        with Apart("throughline.files.painting", seconds=SECONDS) as painter:
            told, painted = painter.ask({}, content)
    except Broke:
        told = {"refused": "damaged"}
    if not told:
        return painted
    if told["refused"] == "too many pixels":
        raise FileRefused(_("This picture has too many pixels. Make it smaller and add it again."))
    raise FileRefused(_("This picture is damaged and cannot be read."))
