"""A text as plain lines that one can change in any browser, and back. Pure.

A blank line stands between blocks; `## ` begins a heading, `- ` and `1. ` items of a list; **strong**, *emphasis*,
[words](address). What lines cannot say (a table, a picture, a list in a list, a quotation) stands as `{{3}}` with its first
words, and stays as it was wherever that line is put.
"""

import re
from typing import Any

from throughline.elements.writing.rules import is_address, is_clean
from throughline.elements.writing.schema import plain_text

Node = dict[str, Any]
_KEPT = re.compile(r"\{\{(\d{1,5})\}\}")
_HEADING = re.compile(r"(#{2,4})[ \t]+(.*?)(?:[ \t]*\{#([a-z0-9][a-z0-9_-]{0,59})\})?", re.DOTALL)
_ITEM = re.compile(r"(?:[-*]|(\d{1,4})[.)])[ \t]+")
_INLINE = re.compile(
    r"\\(?P<plain>[\\*\[\]{}#\d-])|\*\*(?P<strong>(?:[^*\\\n]|\\.)+)\*\*|\*(?P<em>(?:[^*\\\n]|\\.)+)\*"
    r"|\[(?P<words>(?:[^\]\\\n]|\\.)+)\]\((?P<href>[^)\s]+)\)"
)
_SPECIAL = re.compile(r"([\\*\[\]{}])")
_FIRST = re.compile(r"^(#|-|\d{1,4}[.)][ \t])", re.MULTILINE)


def to_lines(document: Node) -> str:
    """The text as lines."""
    return "\n\n".join(_block(number, node) for number, node in enumerate(document["content"]))


def from_lines(text: str, base: Node) -> Node:
    """The text that lines say; `base` is the one that they were made of. What is new is not checked here."""
    blocks: list[Node] = []
    as_it_was = {_block(number, node).strip(): node for number, node in enumerate(base["content"])}
    for part in re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")):
        part = part.strip()
        kept = _KEPT.match(part)
        if part in as_it_was:
            blocks.append(as_it_was[part])
        elif kept and int(kept[1]) < len(base["content"]):
            blocks.append(base["content"][int(kept[1])])
        elif found := _HEADING.fullmatch(part):
            attrs = {"level": len(found[1]), "key": found[3] or ""}
            blocks.append({"type": "heading", "attrs": attrs, **_content(found[2])})
        elif _ITEM.match(part):
            blocks.append(_list(part))
        elif part or not blocks:
            blocks.append({"type": "paragraph", **_content(part)})
    return {"type": "doc", "content": blocks}


def is_simple(node: Node) -> bool:
    """Whether lines can say this block."""
    if node["type"] in {"paragraph", "heading"}:
        return all(_is_said(each) for each in node.get("content", ())) and bool(
            node.get("content") or node["type"] == "heading"
        )
    if node["type"] in {"bullet_list", "ordered_list"}:
        return all(
            len(item["content"]) == 1
            and is_simple(item["content"][0])
            and "\n" not in _said(item["content"][0])
            for item in node["content"]
        )
    return False


def _is_said(piece: Node) -> bool:
    if piece["type"] == "hard_break":
        return True
    if piece["type"] != "text":
        return False
    marks = piece.get("marks", [])
    words = piece["text"]
    return not marks or (
        len(marks) == 1
        and words == words.strip()
        and not (marks[0]["type"] == "link" and re.search(r"[()\s]", marks[0]["attrs"]["href"]))
    )


def _block(number: int, node: Node) -> str:
    if not is_simple(node):
        words = " ".join(plain_text(node).split())
        return f"{{{{{number}}}}} {words[:60]}{'…' if len(words) > 60 else ''}".rstrip()
    if node["type"] == "heading":
        key = f" {{#{node['attrs']['key']}}}" if node["attrs"]["key"] else ""
        return f"{'#' * node['attrs']['level']} {_said(node)}{key}"
    if node["type"] == "paragraph":
        return _FIRST.sub(r"\\\1", _said(node))
    start = node["attrs"]["start"] if node["type"] == "ordered_list" else None
    return "\n".join(
        f"{'-' if start is None else f'{start + at}.'} {_said(item['content'][0])}"
        for at, item in enumerate(node["content"])
    )


def _said(block: Node) -> str:
    return "".join(_piece(each) for each in block.get("content", ()))


def _piece(piece: Node) -> str:
    if piece["type"] == "hard_break":
        return "\n"
    words = _SPECIAL.sub(r"\\\1", piece["text"])
    for mark in piece.get("marks", ()):
        if mark["type"] == "link":
            return f"[{words}]({mark['attrs']['href']})"
        return f"**{words}**" if mark["type"] == "strong" else f"*{words}*"
    return words


def _list(part: str) -> Node:
    items: list[tuple[str | None, str]] = []
    for line in part.split("\n"):
        found = _ITEM.match(line.strip())
        if found:
            items.append((found[1], line.strip()[found.end() :]))
        else:
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
    content = [
        {"type": "list_item", "content": [{"type": "paragraph", **_content(words)}]} for _n, words in items
    ]
    if items[0][0] is None:
        return {"type": "bullet_list", "content": content}
    return {"type": "ordered_list", "attrs": {"start": int(items[0][0])}, "content": content}


def _content(words: str) -> Node:
    found = list(_read(words.strip()))
    return {"content": found} if found else {}


def _read(words: str) -> list[Node]:
    """Words with their marks, without the signs for them."""
    found: list[Node] = []

    def add(text: str, mark: Node | None = None) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                found.append({"type": "hard_break"})
            line = "".join(each if is_clean(each) else " " for each in line)
            if not line:
                continue
            if found and found[-1]["type"] == "text" and found[-1].get("marks") == ([mark] if mark else None):
                found[-1]["text"] += line
            else:
                found.append({"type": "text", "text": line, **({"marks": [mark]} if mark else {})})

    place = 0
    for match in _INLINE.finditer(words):
        add(words[place : match.start()])
        place = match.end()
        if match["plain"]:
            add(match["plain"])
        elif match["strong"] or match["em"]:
            add(_unescaped(match["strong"] or match["em"]), {"type": "strong" if match["strong"] else "em"})
        elif is_address(match["href"]):
            add(_unescaped(match["words"]), {"type": "link", "attrs": {"href": match["href"]}})
        else:
            add(match[0])
    add(words[place:])
    return found


def _unescaped(words: str) -> str:
    return re.sub(r"\\([\\*\[\]{}#-])", r"\1", words)
