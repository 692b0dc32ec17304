"""The guide in `docs/using`, as help inside the product: its pages, for whom each is, and what each explains.

The first lines of a page may say so:

    ---
    for: lead, team
    explains: journeys:rate#rate-alone, journeys:*
    ---

`for` names the roles that a page was written for. `explains` names addresses (`room:name`, or `room:*` for the rest of a
room) and, after `#`, the heading where the answer stands. A translation lies in a folder named for its language; a line
`(word)=` above one of its headings gives it the name that the heading has in English.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from throughline.kit.spelling import british

SOURCE = "en"
BRITISH = "en-gb"
PICTURES = "guide"
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_NAMED = re.compile(r"^\(([\w-]+)\)=\n(#+ .+)$", re.MULTILINE)
_LINK = re.compile(r"(?:\.{1,2}/)?([\w-]+)\.md(#[\w-]+)?$")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page in one language. `roles` are the roles that it was written for, `explains` addresses and headings."""

    name: str
    title: str
    lede: str
    body: SafeString = field(repr=False)
    roles: tuple[str, ...]
    explains: tuple[tuple[str, str], ...]
    language: str


def pages(language: str) -> dict[str, GuidePage]:
    """Every page by its name, in `language` where it is translated and in English where it is not."""
    return _british_pages() if language == BRITISH else _pages(language.split("-")[0])


@lru_cache(maxsize=1)
def _british_pages() -> dict[str, GuidePage]:
    """The English pages as a British reader spells them."""
    return {
        name: replace(
            page,
            title=british(page.title),
            lede=british(page.lede),
            body=mark_safe(british(page.body)),  # noqa: S308  (as safe as the page: only words changed)
        )
        for name, page in _pages(SOURCE).items()
    }


@lru_cache(maxsize=16)
def _pages(language: str) -> dict[str, GuidePage]:
    found = {}
    for path in sorted(settings.GUIDE.glob("*.md")):
        translated = settings.GUIDE / language / path.name
        found[path.stem] = _read(translated, language) if translated.exists() else _read(path, SOURCE)
    return found


@lru_cache(maxsize=1)
def _explained() -> dict[str, tuple[str, str]]:
    """Which page and heading explain an address; where pages are explained is said in the English ones only."""
    return {
        address: (page.name, heading)
        for page in _pages(SOURCE).values()
        for address, heading in page.explains
    }


def explanation_of(view_name: str) -> tuple[str, str]:
    """The page and the heading that explain an address; of both nothing when none does."""
    known = _explained()
    room = view_name.partition(":")[0]
    return known.get(view_name) or known.get(f"{room}:*") or ("", "")


@lru_cache(maxsize=1024)
def help_address(view_name: str) -> str:
    """Where help with an address is: the page that explains it, or the list of all."""
    page, heading = explanation_of(view_name)
    if not page:
        return reverse("home:guide")
    return reverse("home:guide-page", args=[page]) + (f"#{heading}" if heading else "")


def _read(path: Path, language: str) -> GuidePage:
    text = path.read_text(encoding="utf-8")
    front = _FRONT.match(text)
    facts = dict(_facts(front[1])) if front else {}
    title, body = _title_and_rest(text[front.end() :] if front else text)
    return GuidePage(
        name=path.stem,
        title=title,
        lede=_first_paragraph(body),
        body=_rendered(body),
        roles=_listed(facts.get("for", "")),
        explains=tuple(
            (address, heading)
            for address, _hash, heading in (
                each.partition("#") for each in _listed(facts.get("explains", ""))
            )
        ),
        language=language,
    )


def _facts(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.splitlines():
        name, _colon, value = line.partition(":")
        yield name.strip(), value.strip()


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _title_and_rest(text: str) -> tuple[str, str]:
    title, _newline, rest = text.lstrip().partition("\n")
    return title.removeprefix("#").strip(), rest


def _first_paragraph(body: str) -> str:
    first = body.strip().partition("\n\n")[0]
    return "" if first.startswith(("#", "!", "|", "-", "1.")) else _plain(first)


def _plain(markdown: str) -> str:
    """The words of a paragraph without links and emphasis."""
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown.replace("\n", " "))
    return re.sub(r"[*`_]", "", bare)


def _rendered(body: str) -> SafeString:
    """The body as HTML. The pages are ours, not somebody's input; HTML in them is shown as text all the same."""
    writer = MarkdownIt("commonmark", {"html": False}).enable("table")
    named = {heading.lstrip("# "): name for name, heading in _NAMED.findall(body)}
    tokens = writer.parse(_NAMED.sub(r"\2", body))
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[place + 1].content
            token.attrSet("id", named.get(heading) or slugify(heading))
        if token.type == "table_open":
            token.attrSet("class", "guide-table")
        if token.type == "th_open" and not tokens[place + 1].content:
            token.tag = tokens[place + 2].tag = "td"  # heads nothing
        for inner in token.children or ():
            _lead_inside(inner)
    html: str = writer.renderer.render(_without_dead_links(tokens), writer.options, {})
    return mark_safe(html)  # noqa: S308  (rendered with HTML switched off)


def _lead_inside(token: Token) -> None:
    """Links between pages and pictures lead to where the product serves them."""
    if token.type == "image":
        name = str(token.attrs["src"]).rpartition("/")[2]
        token.attrSet("src", static(f"{PICTURES}/{name}"))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open":
        found = _LINK.match(str(token.attrs["href"]))
        if found:
            token.attrSet("href", reverse("home:guide-page", args=[found[1]]) + (found[2] or ""))


def _without_dead_links(tokens: list[Token]) -> list[Token]:
    """What leads out of the guide (to pages for those who run servers) stays as words only."""
    for token in tokens:
        inside, dead = [], False
        for inner in token.children or ():
            if inner.type == "link_open" and str(inner.attrs["href"]).startswith("."):
                dead = True
            elif inner.type == "link_close" and dead:
                dead = False
            else:
                inside.append(inner)
        if token.children:
            token.children = inside
    return tokens
