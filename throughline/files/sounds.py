"""Whether a file is sound alone, as a page may play it. Looks at what the file says of itself. Pure: bytes in, a kind out."""

import re

from django.utils.translation import gettext_lazy as _

from throughline.files import kinds
from throughline.files.kinds import FileRefused, Kind

_ALONE = (kinds.MP3, kinds.AAC, kinds.WAV)
# MPEG-4 names what handles each of its tracks (ISO 14496-12, 8.4.3); WebM and Ogg name their codecs.
_HANDLER = re.compile(rb"hdlr.{8}(soun|vide)", re.DOTALL)
_PICTURES_IN_WEBM = re.compile(rb"V_(?:VP8|VP9|AV1|MPEG|THEORA|MJPEG|UNCOMPRESSED)")
_SOUND_IN_WEBM = re.compile(rb"A_(?:OPUS|VORBIS|AAC|PCM|FLAC)")
_SOUND_IN_OGG = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")


def as_sound(kind: Kind | None, content: bytes) -> Kind:
    """The kind under which it is kept as sound. Raises `FileRefused` where it is something else, or shows pictures too."""
    if kind in _ALONE:
        return kind
    if kind in (kinds.M4A, kinds.MP4):
        return _only(kinds.M4A, {found[1] for found in _HANDLER.finditer(content)} == {b"soun"})
    if kind is kinds.WEBM:
        pictures, sound = _PICTURES_IN_WEBM.search(content), _SOUND_IN_WEBM.search(content)
        return _only(kinds.WEBA, bool(sound) and not pictures)
    if kind is kinds.OGG:
        begins = content[:4096]
        return _only(kinds.OGG, any(each in begins for each in _SOUND_IN_OGG) and b"\x80theora" not in begins)
    return _only(kinds.MP3, False)


def _only(kind: Kind, holds: bool) -> Kind:
    if holds:
        return kind
    raise FileRefused(_("This is no recording of sound. Add an MP3, M4A, AAC, OGG, Opus, or WAV file."))
