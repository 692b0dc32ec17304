"""The small components: plain functions that answer safe HTML, cheap enough to stand in every row of a list.

`templatetags/ui.py` makes each of them a tag; other rooms may call them from Python as well.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from typing import Any, Protocol
from xml.etree import ElementTree

import lucide
from django.conf import settings
from django.templatetags.static import static
from django.utils.functional import keep_lazy_text
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

INVISIBLE = re.compile("[\u200e\u200f\u2066-\u2069]")
STYLESHEETS = (
    "tokens",
    "fonts",
    "base",
    "layout",
    "utilities",
    "buttons",
    "forms",
    "choices",
    "surfaces",
    "overlays",
    "lists",
    "small",
    "profile",
    "spread",
    "journeys",
    "records",
    "elements",
    "print",
)
MODULES = ("forms", "overlays", "fields")
FONTS = ("serif-600-latin", "sans-400-latin", "sans-600-latin")
TURNS = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out", "undo-2", "redo-2"}
)
NOTHING = mark_safe("")


class Pageable(Protocol):
    """What `pages` needs of Django's `Page`."""

    number: int
    paginator: Any

    def has_previous(self) -> bool: ...
    def has_next(self) -> bool: ...


@lru_cache(maxsize=8)
def _head_looks(debug: bool) -> SafeString:
    fonts = format_html_join(
        "\n",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((static(f"ui/fonts/{name}.woff2"),) for name in FONTS),
    )
    sheets = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f"ui/css/{name}.css"),) for name in STYLESHEETS)
    )
    sign = format_html('<link rel="icon" href="{}" type="image/svg+xml">', static("ui/icon.svg"))
    return format_html("{}\n{}\n{}", sign, fonts, sheets)


@lru_cache(maxsize=8)
def _head_assets(debug: bool) -> SafeString:
    scripts = format_html_join(
        "\n", '<script type="module" src="{}"></script>', ((static(f"ui/js/{name}.js"),) for name in MODULES)
    )
    htmx = format_html('<script src="{}" defer></script>', static("django_htmx/htmx-2.min.js"))
    return format_html("{}\n{}\n{}", _head_looks(debug), htmx, scripts)


def head_looks() -> SafeString:
    """Fonts and stylesheets alone, for pages without any script."""
    return _head_looks(settings.DEBUG)


def head_assets() -> SafeString:
    """Fonts, stylesheets and scripts of every page; worked out once for a process."""
    return _head_assets(settings.DEBUG)


@lru_cache(maxsize=256)
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """A Lucide icon as inline SVG. Decoration unless it has a `label`."""
    svg = ElementTree.fromstring(lucide._render_icon(str(name), int(size)))  # noqa: S314  (from our own package)
    svg.attrib.pop("xmlns", None)
    svg.set("class", "icon turns" if name in TURNS else "icon")
    svg.set("stroke-width", "1.75")
    if label:
        svg.set("role", "img")
        svg.set("aria-label", str(label))
    else:
        svg.set("aria-hidden", "true")
    svg.set("focusable", "false")
    return mark_safe(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S308


def help_link(address: str) -> SafeString:
    """The question mark in the header: help with this page."""
    words = _("Help with this page")
    return format_html(
        '<a class="help-link" href="{}" title="{}">{}</a>',
        address,
        words,
        icon("circle-question-mark", 22, words),
    )


def pill(text: object, tone: str = "", hue: int | None = None, name: str = "") -> SafeString:
    """A short fact in a rounded frame. `tone`: info, success, warn, error; `hue`: 1 to 5; `name`: an icon."""
    look = f" in-hue hue-{int(hue)}" if hue else f" {tone}" if tone else ""
    return format_html('<span class="pill{}">{}{}</span>', look, icon(name, 14) if name else "", text)


def button(text: object, kind: str = "", name: str = "", value: str = "", **more: object) -> SafeString:
    """A submit button; its text is a verb. `kind`: primary, quiet, danger, small (several with spaces).

    `icon=`, `form=` (the id of a form elsewhere), `label=` (a longer name for readers), `formaction=`.
    """
    attributes = [(key, more[key]) for key in ("form", "formaction", "formmethod") if more.get(key)]
    if more.get("label"):
        attributes.append(("aria-label", more["label"]))
    if name:
        attributes = [("name", name), ("value", value), *attributes]
    if more.get("disabled"):
        attributes.append(("disabled", "disabled"))
    return format_html(
        '<button type="submit" class="button{}"{}>{}{}</button>',
        f" {kind}" if kind else "",
        format_html_join("", ' {}="{}"', attributes),
        icon(str(more["icon"])) if more.get("icon") else "",
        text,
    )


def button_link(url: str, text: object, kind: str = "", **more: object) -> SafeString:
    """A link that looks like a button: it leads somewhere and changes nothing."""
    return format_html(
        '<a class="button{}" href="{}"{}>{}{}</a>',
        f" {kind}" if kind else "",
        url,
        format_html(' aria-label="{}"', more["label"]) if more.get("label") else "",
        icon(str(more["icon"])) if more.get("icon") else "",
        text,
    )


def person(who: object, initials: bool = False, note: object = "") -> SafeString:
    """Someone's name, kept together whatever its direction; optionally with initials and a quiet note."""
    full = str(who)
    sign = (
        format_html('<span class="initials" aria-hidden="true">{}</span>', initials_of(full))
        if initials
        else ""
    )
    after = format_html(' <span class="quiet small">{}</span>', note) if note else ""
    return format_html('<span class="person">{}<bdi>{}</bdi>{}</span>', sign, full, after)


TWO_LETTERS = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ETHIOPIC"}


def initials_of(name: str) -> str:
    """Up to two first letters, both of the script in which the name begins; an e-mail address gives one.

    Letters that would join into a word (Arabic), and those that say a name by themselves (Chinese), stay alone.
    """
    first, *others = [_first_letter(word) for word in name.split("@")[0].split() if word[:1].isalnum()] or [
        "·"
    ]
    same = [each for each in others if _script_of(each) == _script_of(first)]
    return (first + same[-1] if same and _script_of(first) in TWO_LETTERS else first).upper()


def _first_letter(word: str) -> str:
    """The first letter with the marks that belong to it."""
    marks = takewhile(lambda each: unicodedata.category(each).startswith("M"), word[1:])
    return unicodedata.normalize("NFC", word[0] + "".join(marks))


def _script_of(letter: str) -> str:
    return unicodedata.name(letter[0], "").split(" ")[0]


@keep_lazy_text
def unmarked(text: str) -> str:
    """Without the invisible marks that keep names apart: a page's title and a tab show them as boxes."""
    return INVISIBLE.sub("", text)


def progress(value: int, most: int, sentence: object) -> SafeString:
    """How far something is: a whole sentence, and a bar that says the same."""
    return format_html(
        '<div class="progress"><span>{}</span><progress max="{}" value="{}" aria-label="{}"></progress></div>',
        sentence,
        most or 1,
        value,
        sentence,
    )


def copy(value: object, label: object, text: object = "") -> SafeString:
    """A line to take away: readable and selectable without scripts, with a button that copies it."""
    return format_html(
        '<div class="copy-line"><input type="text" readonly value="{}" aria-label="{}">'
        '<button type="button" class="button small" data-copy data-done="{}" hidden>{}{}</button></div>',
        value,
        label,
        _("Copied"),
        icon("copy", 16),
        text or _("Copy"),
    )


def crumbs(*steps: str) -> SafeString:
    """The way here: label and address in turn, and at the end the label of this page alone."""
    pairs = list(zip(steps[0:-1:2], steps[1::2], strict=False))
    links = format_html_join(
        "", '<li><a href="{}"><bdi>{}</bdi></a></li>', ((url, label) for label, url in pairs)
    )
    here = format_html('<li aria-current="page"><bdi>{}</bdi></li>', steps[-1]) if len(steps) % 2 else ""
    return format_html(
        '<nav aria-label="{}"><ol class="crumbs">{}{}</ol></nav>', _("Where you are"), links, here
    )


def tabs(items: list[tuple[object, str, bool]], label: object = "") -> SafeString:
    """Sides of one thing, each with its own address: (label, address, whether it is this one)."""
    rows = format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((url, mark_safe(' aria-current="page"') if here else "", text) for text, url, here in items),
    )
    return format_html('<nav aria-label="{}"><ul class="tabs">{}</ul></nav>', label or _("Views"), rows)


def pages(page: Pageable, query: str = "", name: str = "page") -> SafeString:
    """Newer and older pages of a long list; `query` is what else the address must keep (`q=hope`).

    `name` is for a second list on a page.
    """
    last = page.paginator.num_pages
    if last < 2:
        return NOTHING
    keep = f"&{query}" if query else ""
    before = (
        button_link(f"?{name}={page.number - 1}{keep}", _("Previous page"), "small")
        if page.has_previous()
        else ""
    )
    after = (
        button_link(f"?{name}={page.number + 1}{keep}", _("Next page"), "small") if page.has_next() else ""
    )
    where = _("Page %(number)d of %(last)d") % {"number": page.number, "last": last}
    return format_html(
        '<nav class="pages" aria-label="{}"><span>{}</span><span class="quiet small">{}</span><span>{}</span></nav>',
        _("Pages of this list"),
        before,
        where,
        after,
    )


def nav_link(url: str, text: object, current: bool = False) -> SafeString:
    """An entry of the page header's navigation."""
    here = mark_safe(' aria-current="page"') if current else ""
    return format_html('<a href="{}"{}>{}</a>', url, here, text)


def open_dialog(name: str, text: object, kind: str = "") -> SafeString:
    """What opens the dialog `name`. Without scripts the address does (`:target`)."""
    return format_html(
        '<a class="button{}" href="#{}" data-dialog>{}</a>', f" {kind}" if kind else "", name, text
    )
