"""The text to take along: Word, PDF, one HTML file, or Markdown with its pictures."""

import base64
import zipfile
from datetime import datetime
from io import BytesIO

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language_info

from throughline.elements.bringing.queries import Pictures, pictures_in
from throughline.elements.models import Element
from throughline.elements.writing.docx import to_docx
from throughline.elements.writing.html import to_html
from throughline.elements.writing.markdown import to_markdown
from throughline.elements.writing.pdf import to_pdf
from throughline.elements.writing.pictures import portable
from throughline.elements.writing.rules import Document
from throughline.records.paper.compiling import Way

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.55 Georgia,serif}table{border-collapse:collapse}"
    "td,th{border:1px solid #9aa5a2;padding:.3rem .5rem;text-align:start;vertical-align:top}img{max-width:100%;height:auto}"
    "figure{margin:1rem 0}.notes{border-top:1px solid #9aa5a2;font-size:.9em}"
    "@media(prefers-color-scheme:dark){body{background:#141b1b;color:#e9eeec}a{color:#7fd0d6}}"
)
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
    "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n{}\n</main>\n</body>\n</html>\n"
)


def is_right_to_left(language: str) -> bool:
    """Whether a text in this language runs from right to left."""
    try:
        return bool(get_language_info(language)["bidi"])
    except KeyError:
        return language.split("-")[0] in {"ar", "fa", "he", "ur", "ps", "yi", "dv", "ckb"}


class Taking:
    """One text in every format. `made_at` is when its version was written: the same text gives the same file."""

    def __init__(self, element: Element, document: Document, pictures: Pictures, made_at: datetime) -> None:
        self.element, self.document, self.pictures, self.made_at = element, document, pictures, made_at
        self.right_to_left = is_right_to_left(element.language)
        self.name = slugify(element.title) or element.kind

    def docx(self, paper: str) -> bytes:
        """A Word file."""
        return to_docx(
            self.document,
            title=self.element.title,
            language=self.element.language,
            right_to_left=self.right_to_left,
            image=self.pictures.content,
            made_at=self.made_at,
            paper=paper,
        )

    def pdf(self, paper: str) -> bytes:
        """A tagged PDF."""
        with translation.override(self.element.language):
            return to_pdf(
                self.document,
                title=self.element.title,
                footer=self.element.organisation.name,
                way=Way(paper, self.element.language, self.right_to_left),
                image=self.pictures.content,
                made_at=self.made_at,
            )

    def html(self) -> str:
        """One file that needs no other: its pictures are in it."""
        with translation.override(self.element.language):
            body = to_html(self.document, image_url=self._data)
        text = format_html("<h1>{}</h1>\n{}", self.element.title, body)
        direction = "rtl" if self.right_to_left else "ltr"
        return str(
            format_html(_PAGE, self.element.language, direction, self.element.title, mark_safe(_STYLE), text)  # noqa: S308
        )

    def _data(self, file: str) -> str:
        shown = self._portable(file)
        if shown is None:
            return ""
        kind, content = shown
        media = "png" if kind == "png" else "jpeg"
        return f"data:image/{media};base64,{base64.b64encode(content).decode()}"

    def _portable(self, file: str) -> tuple[str, bytes] | None:
        content = self.pictures.content(file)
        shown = portable(content) if content else None
        return shown[:2] if shown else None

    def markdown(self) -> tuple[str, bytes]:
        """The end of the file's name and its bytes: Markdown alone, or packed with its pictures."""
        beside: dict[str, tuple[str, bytes]] = {}
        for file in dict.fromkeys(pictures_in(self.document)):
            shown = self._portable(file)
            if shown:
                beside[file] = (f"images/{len(beside) + 1}.{shown[0]}", shown[1])
        written = to_markdown(
            self.document,
            title=self.element.title,
            image_url=lambda file: beside[file][0] if file in beside else "",
        ).encode()
        if not beside:
            return "md", written
        kept = BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in ((f"{self.name}.md", written), *beside.values()):
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return "zip", kept.getvalue()
