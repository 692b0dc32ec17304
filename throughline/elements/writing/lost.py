"""What could not be kept of a text that was brought, and why one could not be read, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Sentence = Callable[[int], str]


def _said(make: Callable[[int], str]) -> Sentence:
    return lambda count: make(count) % {"count": count}


# In the order in which they are listed: first what is gone, then what is elsewhere, then looks.
SENTENCES: dict[str, Sentence] = {
    "images": _said(
        lambda n: ngettext(
            "%(count)d picture did not come along: it lies on the computer where the text was written. Bring the file itself, or add the picture by hand.",
            "%(count)d pictures did not come along: they lie on the computer where the text was written. Bring the file itself, or add the pictures by hand.",
            n,
        )
    ),
    "image-kinds": _said(
        lambda n: ngettext(
            "%(count)d picture is of a kind that cannot be shown (drawn in Windows Metafile or the like).",
            "%(count)d pictures are of a kind that cannot be shown (drawn in Windows Metafile or the like).",
            n,
        )
    ),
    "images-in-notes": _said(
        lambda n: ngettext(
            "%(count)d picture in a footnote was left out.",
            "%(count)d pictures in footnotes were left out.",
            n,
        )
    ),
    "drawings": _said(
        lambda n: ngettext(
            "%(count)d drawing was left out. Save it as a picture and add it.",
            "%(count)d drawings were left out. Save them as pictures and add them.",
            n,
        )
    ),
    "smartart": _said(
        lambda n: ngettext(
            "%(count)d diagram (SmartArt) was left out. Save it as a picture and add it.",
            "%(count)d diagrams (SmartArt) were left out. Save them as pictures and add them.",
            n,
        )
    ),
    "charts": _said(
        lambda n: ngettext(
            "%(count)d chart was left out. Save it as a picture and add it.",
            "%(count)d charts were left out. Save them as pictures and add them.",
            n,
        )
    ),
    "embedded": _said(
        lambda n: ngettext(
            "%(count)d embedded object (a video, a sheet, another document) was left out.",
            "%(count)d embedded objects (videos, sheets, other documents) were left out.",
            n,
        )
    ),
    "equations": _said(
        lambda n: ngettext(
            "%(count)d equation became plain text, or was left out.",
            "%(count)d equations became plain text, or were left out.",
            n,
        )
    ),
    "symbols": _said(
        lambda n: ngettext(
            "%(count)d symbol of a special font was left out.",
            "%(count)d symbols of special fonts were left out.",
            n,
        )
    ),
    "hidden": _said(lambda _n: _("Hidden text was left out.")),
    "margins": _said(lambda _n: _("What stands in the header or footer of every page was left out.")),
    "contents": _said(lambda _n: _("The table of contents was left out: it is made anew from the headings.")),
    "links": _said(
        lambda n: ngettext(
            "%(count)d link became plain text: it does not lead to a web or e-mail address.",
            "%(count)d links became plain text: they do not lead to web or e-mail addresses.",
            n,
        )
    ),
    "deletions": _said(
        lambda _n: _(
            "Tracked changes were taken as accepted: what was inserted is here, what was deleted is not."
        )
    ),
    "tracked-looks": _said(lambda _n: _("Tracked changes of formatting were taken as accepted.")),
    "boxes": _said(
        lambda n: ngettext(
            "The text of %(count)d text box stands behind the paragraph it hung on.",
            "The text of %(count)d text boxes stands behind the paragraphs they hung on.",
            n,
        )
    ),
    "images-in-tables": _said(
        lambda n: ngettext(
            "%(count)d picture stood in a table and is now below it.",
            "%(count)d pictures stood in tables and are now below them.",
            n,
        )
    ),
    "headings-in-tables": _said(lambda _n: _("Headings in tables are bold paragraphs now.")),
    "tables-in-tables": _said(
        lambda n: ngettext(
            "%(count)d table stood in another: its text is in the cell now.",
            "%(count)d tables stood in others: their text is in the cells now.",
            n,
        )
    ),
    "in-tables": _said(lambda _n: _("Quotations in tables are plain paragraphs now.")),
    "in-quotation": _said(lambda _n: _("Lists, tables and headings in quotations are plain paragraphs now.")),
    "deep-lists": _said(lambda _n: _("Lists deeper than five levels go on at the fifth.")),
    "deep-headings": _said(lambda _n: _("Headings below the third level are on the third now.")),
    "heading-numbers": _said(
        lambda _n: _("Numbers that the word processor put before headings were left out.")
    ),
    "letters": _said(lambda _n: _("Lists that counted with letters or Roman numerals count 1, 2, 3 now.")),
    "fields": _said(
        lambda _n: _(
            "Fields (page numbers, dates, references, things to fill in) show what they last showed, or were left out."
        )
    ),
    "columns": _said(lambda _n: _("Text in columns is one column now.")),
    "lines": _said(lambda _n: _("Lines across the page were left out.")),
    "front": _said(lambda _n: _("The settings at the head of the Markdown file were left out.")),
    "highlights": _said(lambda _n: _("Highlighting was left out.")),
    "underlines": _said(lambda _n: _("Underlining was left out; links keep theirs.")),
    "strikethrough": _said(
        lambda _n: _("Words that were struck through are plain now. If they were meant to go, delete them.")
    ),
    "raised": _said(lambda _n: _("Raised and lowered characters stand on the line now.")),
}


def unreadable(why: str) -> str:
    """The sentence for a file that cannot be read."""
    sentences = {
        "old-word": _(
            "This is an old Word file (.doc), or it is locked with a password. Save it as .docx without a password and bring it again."
        ),
        "no-word": _("This is not a Word file (.docx). Save it as .docx and bring it again."),
        "broken": _(
            "This file is damaged, or not what its name says. Open it where it was made, save it anew and bring it again."
        ),
        "too-large": _(
            "This file unpacks to more than can be read here. Make its pictures smaller, or divide it, and bring it again."
        ),
        "too-long": _(
            "This text is longer than about 400 pages, which is the most that a text can have. Divide it and bring the part that belongs here."
        ),
        "nested": _(
            "This page nests its parts deeper than can be read. Copy its text and paste that instead."
        ),
        "no-text": _("A .zip must hold one Markdown file (.md) and the pictures that it shows."),
    }
    return sentences[why]


def misplaced(kind: str, what: str) -> str:
    """The sentence for something that was typed where it has no place (`reading.typed`)."""
    sentences = {
        "tags": _(
            "“<%(what)s>” looks like HTML, which has no place here. Where you mean the sign itself, write \\< instead."
        ),
        "pictures": _(
            "No picture is called “%(what)s” here. The names of the pictures stand beside the text; a new one can be added there."
        ),
        "elsewhere": _(
            "“%(what)s” is a picture that lies elsewhere. Pictures are never fetched: save it on your device and add it beside the text."
        ),
        "links": _(
            "“%(what)s” is no address that a link can lead to. It must begin with https://, http:// or mailto:."
        ),
        "notes": _(
            "No footnote [^%(what)s] stands in the text, so its words would be lost. Write [^%(what)s] where it belongs, or delete its line."
        ),
    }
    return sentences[kind] % {"what": what}
