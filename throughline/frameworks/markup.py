"""Statements of frameworks are written in Markdown, LaTeX or HTML, by anyone: shown safely, or flattened to a name.

Pure. Nothing of a statement ever becomes active: HTML is escaped, a few harmless tags without attributes come back,
and nh3 has the last word. LaTeX stays as it is written, which is readable and copies into any formula editor.
"""

import html
import re
from functools import lru_cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from throughline.kit.text import clean_line

_TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "b",
    "i",
    "u",
    "sub",
    "sup",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
_LINES = {"p", "br", "div", "tr", "ul", "ol", "li", "table", "tbody", "h1", "h2", "h3", "h4"}
_BREAK = r"<(?:p|br|div|tr|ul|ol|table|h[1-4])>|</(?:p|div|ul|ol|table)>"
_BARE_TAG = re.compile(r"&lt;(/?(?:sup|sub|em|strong|b|i|u|br|p|ul|ol|li))\s*/?&gt;", re.IGNORECASE)
_NEEDS_WORK = re.compile(r"[\\`*_{}\[\]<>#|~$&\n+]|^\s*[-0-9]|https?:")
_FORMULA = re.compile(
    r"\$\$.{1,2000}?\$\$|\$(?=[^\s$])[^$\n]{0,1000}?(?<=[^\s$\\])\$(?![0-9])|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\]",
    re.DOTALL,
)


def _formula(state: StateInline, silent: bool) -> bool:
    """An inline rule: a formula is one piece of plain text, in which `_`, `*` and `\\` mean nothing else."""
    if state.src[state.pos] not in "$\\":
        return False
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("text", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _renderer() -> MarkdownIt:
    writer = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    writer.disable(
        ["heading", "lheading", "image", "link", "autolink", "reference", "code", "html_block", "hr"]
    )
    writer.inline.ruler.before("escape", "formula", _formula)
    return writer


_writer = _renderer()


@lru_cache(maxsize=4096)
def safe_statement(text: str) -> SafeString:
    """A statement as HTML that can do nothing: paragraphs, emphasis, lists, tables; formulas as text."""
    if not _NEEDS_WORK.search(text):
        return mark_safe(f"<p>{escape(text)}</p>")  # noqa: S308  (escaped just here)
    written = _BARE_TAG.sub(lambda tag: f"<{tag[1]}>", _writer.render(text))
    return mark_safe(  # noqa: S308  (nh3 is what makes it safe)
        nh3.clean(written, tags=_TAGS | _TABLE, attributes={}, link_rel=None)
    )


def plain_lines(text: str) -> str:
    """The text of HTML, with a line for each paragraph and a dash for each entry of a list."""
    bare = nh3.clean(" ".join(text.split()), tags=_LINES, attributes={}, link_rel=None)
    bare = re.sub(_BREAK, "\n", bare.replace("<li>", "\n- "))
    lines = html.unescape(re.sub(r"</?[a-z1-4]+>", "", bare)).split("\n")
    return "\n".join(filter(None, map(clean_line, lines)))


def flattened(text: str, limit: int) -> str:
    """A statement as one line of plain text, cut at a word with “…” when it is longer than `limit`."""
    line = clean_line(text)
    if _NEEDS_WORK.search(text):
        bare = re.sub(r"</(?:p|li|td|th|tr)>|<br\s*/?>", r"\g<0> ", safe_statement(text))
        line = clean_line(html.unescape(nh3.clean(bare, tags=set())))
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:") + "…"
