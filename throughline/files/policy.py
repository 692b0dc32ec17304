"""Who may bring files, and the limits, which forms state before anyone chooses a file."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.files import kinds
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership

# What a recording may be called; a phone calls sound alone a film too.
SOUND_ENDINGS = (".mp3", ".m4a", ".aac", ".wav", ".ogg", ".oga", ".opus", ".weba", ".webm", ".mp4")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a form says and sets: `text` (kinds and size) for people, `accept` for the file chooser, `most` in bytes."""

    kinds: str
    size: str
    accept: str
    megabytes: int

    @property
    def text(self) -> str:
        """Everything in one go."""
        return f"{self.kinds} {self.size}"

    @property
    def most(self) -> int:
        """The largest file, in bytes."""
        return self.megabytes * 1024 * 1024


def limits() -> Limits:
    """The limits in force, in the reader's language."""
    megabytes = settings.UPLOAD_LIMIT_MB
    said = _(
        "PDF, pictures (JPEG, PNG, WebP, GIF), documents (docx, xlsx, pptx, odt, ods, odp), text (txt, "
        "csv, md), audio and video (mp3, m4a, aac, wav, ogg, mp4, mov, webm). We remove the location and camera "
        "details from pictures."
    )
    endings = [ending for kind in kinds.ALL for ending in kind.extensions]
    size = _("Up to %(size)d MB.") % {"size": megabytes}
    return Limits(said, size, ",".join(endings), megabytes)


def sound_limits(megabytes: int) -> Limits:
    """Those of a recording that is played inside a page."""
    most = min(megabytes, settings.UPLOAD_LIMIT_MB)
    said = _("A recording: MP3, M4A, AAC, OGG, Opus, or WAV.")
    return Limits(said, _("Up to %(size)d MB.") % {"size": most}, f"audio/*,{','.join(SOUND_ENDINGS)}", most)


def sound_too_large(megabytes: int) -> str:
    """What someone reads whose recording is larger than its limit."""
    told = {"megabytes": sound_limits(megabytes).megabytes}
    return _("This recording is larger than %(megabytes)d MB. Make it shorter, or save it as an MP3.") % told


def too_large() -> str:
    """What someone reads whose file is larger than the limit."""
    return _("This file is larger than %(megabytes)d MB. Make it smaller, or add a link to it instead.") % {
        "megabytes": settings.UPLOAD_LIMIT_MB
    }


def may_keep(by: Membership) -> Verdict:
    """Whoever is in the organisation may bring files to it; what they are for is decided by the room above."""
    if not by.is_active:
        return refuse(gettext_lazy("Only members can add files."))
    return ALLOWED
