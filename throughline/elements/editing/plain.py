"""A text as one types it in a form, whole or one section at a time: our Markdown, with pictures by their names. Pure.

What comes back is laid over the text that it was made of: a block that says the same stays as it was, down to what Markdown
has no sign for (an empty line, a doubled blank). So a form that changes nothing changes nothing, and small changes stay small.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from throughline.elements.writing.markdown import to_markdown
from throughline.elements.writing.reading.fitting import tidied
from throughline.elements.writing.schema import checked, fingerprint, plain_text

Node = dict[str, Any]
_LISTS = frozenset({"bullet_list", "ordered_list"})


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks from one heading of the second level to the next, or those before the first (without a title)."""

    number: int
    title: str
    key: str
    start: int
    end: int
    words: int


def sections_of(document: Node) -> list[Section]:
    """The sections of a text, in order."""
    blocks = document["content"]
    starts = [
        at for at, node in enumerate(blocks) if node["type"] == "heading" and node["attrs"]["level"] == 2
    ]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    found = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=True)):
        first = blocks[start]
        is_headed = first["type"] == "heading" and first["attrs"]["level"] == 2
        title, key = (plain_text(first), first["attrs"]["key"]) if is_headed else ("", "")
        said = "\n".join(map(plain_text, blocks[start + is_headed : end]))
        found.append(Section(number, " ".join(title.split()), key, start, end, len(said.split())))
    return found


def to_lines(blocks: Sequence[Node], names: Mapping[str, str]) -> str:
    """Blocks as one types them; `names` has the names of the pictures by their files."""
    document = {"type": "doc", "content": list(blocks)}
    return to_markdown(document, title="", image_url=lambda file: names.get(file, file), typed=True).strip(
        "\n"
    )


def with_section(document: Node, section: Section | None, typed: Sequence[Node]) -> Node:
    """The text with what was typed in the place of a section, or of all of it. What is new is not checked here."""
    blocks = document["content"]
    start, end = (section.start, section.end) if section else (0, len(blocks))
    laid = laid_over(blocks[start:end], typed)
    return {"type": "doc", "content": [*blocks[:start], *laid, *blocks[end:]] or [{"type": "paragraph"}]}


def laid_over(base: Sequence[Node], typed: Sequence[Node]) -> list[Node]:
    """What was typed, with those blocks of `base` as they were that it says again."""
    groups = _groups(base)
    said = [(fingerprint(node), number) for number, group in enumerate(groups) for node in group[1]]
    told = [fingerprint(node) for node in typed]
    again: dict[int, int] = {}  # place of what is said again in what was typed → … in the base
    pairs = SequenceMatcher(None, [each for each, _number in said], told, autojunk=False)
    for block in pairs.get_matching_blocks():
        again.update({block.b + at: block.a + at for at in range(block.size)})
    found = list(groups[0][0]) if groups and not groups[0][1] else []
    place = 0
    while place < len(typed):
        here = again.get(place)
        number = said[here][1] if here is not None else -1
        size = len(groups[number][1]) if here is not None else 0
        begins = here is not None and (here == 0 or said[here - 1][1] != number)
        if here is not None and begins and all(again.get(place + at) == here + at for at in range(size)):
            found += groups[number][0]
            place += size
        else:
            found.append(typed[place])
            place += 1
    return found


def _groups(base: Sequence[Node]) -> list[tuple[list[Node], list[Node]]]:
    """The blocks of a text with what Markdown says of them: lists that run into one and empty lines belong together."""
    runs: list[list[Node]] = []
    last = ""  # the list that the run is
    for node in base:
        is_said = _said([node]) != []
        is_on = (not is_said and runs) or (last and node["type"] == last)
        if is_on:
            runs[-1].append(node)
        else:
            runs.append([node])
        if is_said:
            last = node["type"] if node["type"] in _LISTS else ""
    return [(run, _said(run)) for run in runs]


def _said(nodes: Sequence[Node]) -> list[Node]:
    """Blocks as they are read again from what is written of them; nothing for empty lines."""
    document = checked(tidied({"type": "doc", "content": list(nodes)}))
    blocks: list[Node] = document["content"]
    return [] if blocks == [{"type": "paragraph"}] else blocks
