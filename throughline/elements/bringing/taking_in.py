"""Reading what a form brought, before any transaction: the text, and its pictures checked and painted anew."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from throughline.elements.writing import incoming
from throughline.elements.writing.incoming import Read
from throughline.files.actions import treat
from throughline.files.kinds import PICTURE, FileRefused

MOST_PICTURES = 60
KINDS = {
    ".docx": incoming.from_docx,
    ".htm": incoming.from_html_file,
    ".html": incoming.from_html_file,
    ".md": incoming.from_markdown,
    ".markdown": incoming.from_markdown,
    ".txt": incoming.from_markdown,
    ".zip": incoming.from_zip,
}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A text that was read, its pictures by the ids that stand in it, and the name of the file it came in."""

    read: Read
    name: str = ""
    pictures: dict[str, Any] = field(default_factory=dict)


def taken_in(upload: Any, pasted: str) -> TakenIn:
    """Raises `ValidationError` on `file` or `pasted` with a sentence that says what to do."""
    name = (upload.name or "") if upload else ""
    where = "file" if upload else "pasted"
    try:
        read = _from_file(upload, name) if upload else _from_paste(pasted)
    except ValidationError as refused:
        raise ValidationError({where: refused.error_list}) from None
    pictures = {}
    for place, (key, brought) in enumerate(read.files.items()):
        if place >= MOST_PICTURES:
            raise ValidationError(
                {
                    where: _("This text has more than %(most)d pictures. Divide it and bring the parts.")
                    % {"most": MOST_PICTURES}
                }
            )
        picture: Any = ContentFile(brought.content, name=f"{_('picture')}-{place + 1}.png")
        treat(picture)
        _only_pictures(picture)
        pictures[key] = picture
    return TakenIn(read, name[:255], pictures)


def _only_pictures(upload: Any) -> None:
    """What is no picture is no file either, even where a file of its kind may be kept."""
    treated = upload.treated
    if not isinstance(treated, FileRefused) and treated[0] is not PICTURE:
        upload.treated = FileRefused(_("This picture is damaged and cannot be read."))


def _from_file(upload: Any, name: str) -> Read:
    end = f".{name.rpartition('.')[2].lower()}"
    if end == ".pdf":
        raise ValidationError(
            _(
                "A PDF keeps how pages look, not what their parts are, so it cannot become a text. Bring the file it was made from. If this PDF is what was adopted, add it when you record the adoption."
            )
        )
    if end in {".odt", ".rtf", ".doc", ".pages", ".gdoc"}:
        raise ValidationError(_("Save this file as Word (.docx) where it was written, and bring that."))
    if end not in KINDS:
        raise ValidationError(_("Bring a Word file (.docx), a web page (.html) or Markdown (.md)."))
    upload.seek(0)
    return KINDS[end](upload.read(incoming.MOST + 1))


def _from_paste(pasted: str) -> Read:
    """Formatted text arrives as HTML; what was typed or copied without formats is read as Markdown."""
    if pasted.lstrip()[:1] == "<":
        return incoming.from_html(pasted)
    return incoming.from_markdown(pasted.encode("utf-8", "replace"))
