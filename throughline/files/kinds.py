"""What kinds of file are kept, and how each is treated. Pure values."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASK_FOR_ANOTHER = _(
    "This kind of file cannot be added here. Save it as a PDF, a picture or a document and add that."
)


class FileRefused(ValidationError):
    """This file is not kept; the sentence says why and what to do instead. It belongs to the form's `file` field."""

    def __init__(self, sentence: str | Promise) -> None:
        self.sentence = sentence
        super().__init__({"file": [sentence]})


class Treatment(StrEnum):
    """What happens to a file of a kind before it is kept."""

    REPAINT = "repaint"  # decoded and painted anew: nothing but the picture survives
    OFFICE = "office"  # a zip whose inside is looked at
    PDF = "pdf"
    TEXT = "text"  # written anew as UTF-8
    MEDIA = "media"  # kept as it is, without the place where it was recorded


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. The first extension is the one a kept file gets; the others are known names for it."""

    media_type: str
    extensions: tuple[str, ...]
    treatment: Treatment


PICTURE = Kind("image/webp", (".webp", ".jpg", ".jpeg", ".png", ".gif", ".avif"), Treatment.REPAINT)
PDF = Kind("application/pdf", (".pdf",), Treatment.PDF)
_WORD = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(f"{_WORD}.wordprocessingml.document", (".docx",), Treatment.OFFICE)
XLSX = Kind(f"{_WORD}.spreadsheetml.sheet", (".xlsx",), Treatment.OFFICE)
PPTX = Kind(f"{_WORD}.presentationml.presentation", (".pptx",), Treatment.OFFICE)
PPSX = Kind(f"{_WORD}.presentationml.slideshow", (".ppsx",), Treatment.OFFICE)
_OPEN = "application/vnd.oasis.opendocument"
ODT = Kind(f"{_OPEN}.text", (".odt",), Treatment.OFFICE)
ODS = Kind(f"{_OPEN}.spreadsheet", (".ods",), Treatment.OFFICE)
ODP = Kind(f"{_OPEN}.presentation", (".odp",), Treatment.OFFICE)
TEXT = Kind("text/plain", (".txt",), Treatment.TEXT)
CSV = Kind("text/csv", (".csv",), Treatment.TEXT)
MARKDOWN = Kind("text/markdown", (".md",), Treatment.TEXT)
MP3 = Kind("audio/mpeg", (".mp3",), Treatment.MEDIA)
M4A = Kind("audio/mp4", (".m4a",), Treatment.MEDIA)
AAC = Kind("audio/aac", (".aac",), Treatment.MEDIA)
WAV = Kind("audio/wav", (".wav",), Treatment.MEDIA)
OGG = Kind("audio/ogg", (".ogg", ".oga", ".opus"), Treatment.MEDIA)
MP4 = Kind("video/mp4", (".mp4", ".m4v"), Treatment.MEDIA)
MOV = Kind("video/quicktime", (".mov",), Treatment.MEDIA)
WEBM = Kind("video/webm", (".webm",), Treatment.MEDIA)
WEBA = Kind("audio/webm", (".weba", ".webm"), Treatment.MEDIA)  # WebM without pictures, as browsers record it

OFFICE = (DOCX, XLSX, PPTX, PPSX, ODT, ODS, ODP)
TEXTS = (TEXT, CSV, MARKDOWN)
SOUND_AND_FILM = (MP3, M4A, AAC, WAV, OGG, MP4, MOV, WEBM)
ALL = (PDF, PICTURE, *OFFICE, *TEXTS, *SOUND_AND_FILM)
