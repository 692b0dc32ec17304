"""A paragraph as one types it to translate it: plain text with a few signs, and back.

`**strong**`, `*emphasis*`, `[words](https://…)`, a new line for a line break, `[^1]` where the source has its first
footnote, whose translated text stands below as `[^1]: text`. A picture is its alternative text, then its caption.
"""

import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
_PIECE = re.compile(
    r"\\(?P<plain>[\\*\[\]])|\[\^(?P<note>\d{1,3})\]|\[(?P<words>[^\[\]\n]+)\]\((?P<href>[^\s()]+)\)"
    r"|\*\*(?P<strong>[^*\n]+)\*\*|\*(?P<em>[^*\n]+)\*|(?P<line>\n)"
)
_NOTE = re.compile(r"^\[\^(\d{1,3})\]: (.*)$", re.MULTILINE)


def to_typed(node: Node) -> str:
    """What stands in the field for a paragraph, heading or picture."""
    if node["type"] == "image":
        return "\n".join(filter(None, (node["attrs"]["alt"], node["attrs"]["caption"])))
    notes = _notes(node)
    said = "".join(_written(each, notes) for each in node.get("content", ()))
    below = [f"[^{place}]: {each['attrs']['text']}" for place, each in enumerate(notes, start=1)]
    return "\n".join([said, *below])


def _notes(node: Node) -> list[Node]:
    return [each for each in node.get("content", ()) if each["type"] == "footnote"]


def _written(node: Node, notes: list[Node]) -> str:
    if node["type"] == "hard_break":
        return "\n"
    if node["type"] == "footnote":
        return f"[^{notes.index(node) + 1}]"
    said = re.sub(r"([\\*\[\]])", r"\\\1", node["text"])
    marks = {mark["type"]: mark.get("attrs", {}) for mark in node.get("marks", ())}
    if "em" in marks:
        said = f"*{said}*"
    if "strong" in marks and "em" not in marks:
        said = f"**{said}**"
    if "link" in marks:
        said = f"[{said}]({marks['link']['href']})"
    return said


def from_typed(text: str, source: Node) -> Node:
    """What was typed, as a node of the same kind as its source: level, picture and addresses of notes stay the source's."""
    if source["type"] == "image":
        alt, _line, caption = text.partition("\n")
        return {
            **source,
            "attrs": {**source["attrs"], "alt": alt.strip(), "caption": " ".join(caption.split())},
        }
    told = {int(number): words.strip() for number, words in _NOTE.findall(text)}
    said = _NOTE.sub("", text).strip("\n")
    content = _joined(_pieces(said, _notes(source), told, ()))
    kept = {key: value for key, value in source.items() if key != "content"}
    return {**kept, "content": content} if content else kept


def _joined(pieces: Iterator[Node]) -> list[Node]:
    """Neighbors with the same marks are one."""
    found: list[Node] = []
    for each in pieces:
        if each.get("text") == "":
            continue
        if found and "text" in each and "text" in found[-1] and found[-1].get("marks") == each.get("marks"):
            found[-1] = {**each, "text": found[-1]["text"] + each["text"]}
        else:
            found.append(each)
    return found


def _pieces(text: str, notes: list[Node], told: dict[int, str], marks: tuple[Node, ...]) -> Iterator[Node]:
    at = 0
    for found in _PIECE.finditer(text):
        yield _text(text[at : found.start()], marks)
        yield from _piece(found, notes, told, marks)
        at = found.end()
    yield _text(text[at:], marks)


def _piece(
    found: re.Match[str], notes: list[Node], told: dict[int, str], marks: tuple[Node, ...]
) -> Iterator[Node]:
    if found["plain"]:
        yield _text(found["plain"], marks)
    elif found["line"]:
        yield {"type": "hard_break"}
    elif found["note"]:
        place = int(found["note"])
        if 1 <= place <= len(notes):
            attrs = notes[place - 1]["attrs"]
            yield {"type": "footnote", "attrs": {**attrs, "text": told.get(place, attrs["text"])}}
    elif found["href"]:
        link = {"type": "link", "attrs": {"href": found["href"]}}
        yield from _pieces(found["words"], notes, told, (link, *marks))
    elif found["strong"]:
        yield from _pieces(found["strong"], notes, told, (*marks, {"type": "strong"}))
    else:
        yield from _pieces(found["em"], notes, told, (*marks, {"type": "em"}))


def _text(text: str, marks: tuple[Node, ...]) -> Node:
    node: Node = {"type": "text", "text": text}
    return {**node, "marks": list(marks)} if marks else node
