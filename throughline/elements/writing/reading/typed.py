"""Markdown as somebody types it in a form of ours: pictures have the names that they have here, the voice of a quotation has
a sign, and what has no place is named instead of left out, so that nothing is lost that somebody wrote."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from throughline.elements.writing.reading.found import Loose, line
from throughline.elements.writing.reading.html import read_html
from throughline.elements.writing.reading.markdown import parser_of_markdown, with_keys
from throughline.elements.writing.rules import is_address

# What `writing.markdown` writes itself where Markdown has no sign, and two that many people know.
_OURS = frozenset(
    [
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "b",
        "i",
        "a",
        "sup",
        "section",
    ]
)
_TAG = re.compile(r"<\s*/?\s*([A-Za-z][\w:-]*|[!?])")
_UNKNOWN_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_PLAIN = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(slots=True)
class Typed:
    """What was typed, and what of it has no place: `tags` of HTML, `pictures` that are not here, `elsewhere` on the web,
    `links` that lead nowhere, `notes` that nothing in the text calls."""

    loose: Loose
    tags: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self) -> dict[str, list[str]]:
        """The same by kind, each once, without the kinds of which there is none."""
        kinds = ("tags", "pictures", "elsewhere", "links", "notes")
        return {kind: list(dict.fromkeys(getattr(self, kind)))[:20] for kind in kinds if getattr(self, kind)}


def read_typed(text: str, here: Mapping[str, str]) -> Typed:
    """The blocks of it; `here` has the files of the pictures by their names."""
    parser = parser_of_markdown()
    parser.core.ruler.after("block", "voices", _voices)
    told: dict[str, Any] = {}
    tokens = parser.parse(text, told)
    with_keys(tokens)
    found = Typed(Loose())
    for token in _all(tokens):
        _look(token, here, found)
    found.notes = [
        label[1:] for label, number in told.get("footnotes", {}).get("refs", {}).items() if number < 0
    ]
    found.loose = read_html(str(parser.renderer.render(tokens, parser.options, told)), here)
    return found


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _look(token: Token, here: Mapping[str, str], found: Typed) -> None:
    """What of a piece has no place. A title of the first level is a heading of the second: the element has its title."""
    if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
        token.tag = "h2"
    elif token.type in {"html_block", "html_inline"} and not token.meta.get("ours"):
        found.tags += [name for name in _TAG.findall(token.content) if name.lower() not in _OURS]
    elif token.type == "image":
        source = str(token.attrs.get("src", ""))
        if source not in here:
            (found.elsewhere if _UNKNOWN_SCHEME.match(source) else found.pictures).append(source[:200])
    elif token.type == "link_open":
        href = str(token.attrs.get("href", ""))
        if not is_address(href.replace(" ", "%20")):
            found.links.append(href[:200])


def _voices(state: StateCore) -> None:
    """`-- who | which group`, the last line of a quotation, says whose words it is."""
    tokens: list[Token] = []
    for token in state.tokens:
        is_last = (
            token.type == "blockquote_close" and len(tokens) > 2 and tokens[-1].type == "paragraph_close"
        )
        if is_last:
            words, _line, last = tokens[-2].content.rpartition("\n")
            if last.startswith("-- "):
                tokens[-2].content = words
                if not words:
                    del tokens[-3:]
                tokens.append(Token("html_block", "", 0, content=_footer(last[3:]), meta={"ours": True}))
        tokens.append(token)
    state.tokens = tokens


def _footer(said: str) -> str:
    voice, _sign, group = [*re.split(r"(?<!\\)(\|)", said, maxsplit=1), "", ""][:3]
    cite, belongs = (escape(line(_PLAIN.sub(r"\1", each), 200)) for each in (voice, group))
    inside = f"<cite>{cite}</cite>" if cite else ""
    return (
        f'<footer>{inside}<span class="group">{belongs}</span></footer>\n'
        if belongs
        else f"<footer>{inside}</footer>\n"
    )
