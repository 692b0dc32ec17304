"""Markdown as loose blocks: read as CommonMark with tables and footnotes, then as HTML."""

import base64
import re
from collections.abc import Mapping
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from throughline.elements.writing.reading.found import Loose
from throughline.elements.writing.reading.html import read_html

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"(?<!\\)[ \t]*\{#([a-z0-9][a-z0-9_-]{0,59})\}[ \t]*\Z")
_SIGNATURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}


def read_markdown(text: str, beside: Mapping[str, bytes] = {}) -> Loose:
    """The blocks of a Markdown file; `beside` has the pictures that came with it, by their names."""
    parser = parser_of_markdown()
    front = _FRONT.match(text)
    tokens = parser.parse(text[front.end() :] if front else text)
    with_keys(tokens)
    _with_pictures(tokens, beside)
    loose = read_html(str(parser.renderer.render(tokens, parser.options, {})))
    if front:
        loose.lost["front"] += 1
    return loose


def parser_of_markdown() -> MarkdownIt:
    """CommonMark with tables and footnotes. Which addresses may stand is decided further on, by what they say."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    setattr(parser, "normalizeLink", _as_it_is)  # noqa: B010
    setattr(parser, "validateLink", bool)  # noqa: B010
    return parser


def _as_it_is(url: str) -> str:
    return url


def with_keys(tokens: list[Token]) -> None:
    """`{#name}` at the end of a heading says which section of the outline it heads."""
    for opened, inside in pairwise(tokens):
        if opened.type != "heading_open" or not inside.children:
            continue
        last = inside.children[-1]
        found = _KEY.search(last.content) if last.type == "text" else None
        if found and _KEY.search(inside.content):
            opened.attrSet("data-section", found[1])
            last.content = last.content[: found.start()]


def _with_pictures(tokens: list[Token], beside: Mapping[str, bytes]) -> None:
    for token in tokens:
        for inner in token.children or ():
            if inner.type != "image":
                continue
            content = beside.get(str(inner.attrs.get("src", "")).removeprefix("./"))
            kind = next(
                (kind for sign, kind in _SIGNATURES.items() if content and content.startswith(sign)), None
            )
            if content and kind:
                inner.attrSet("src", f"data:image/{kind};base64,{base64.b64encode(content).decode()}")
