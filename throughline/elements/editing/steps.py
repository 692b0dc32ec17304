"""Changes of the text as ProseMirror steps: read, tried on a document, and found between two documents."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from prosemirror.model import Fragment, Node, Slice, resolvedpos
from prosemirror.transform import (
    AddMarkStep,
    RemoveMarkStep,
    ReplaceAroundStep,
    ReplaceStep,
    Step,
    Transform,
)

from throughline.elements.editing.pairing import pairs, words_in
from throughline.elements.writing.checking import check_brought, check_mark, strange, too_deep
from throughline.elements.writing.rules import MOST_BYTES, MOST_DEPTH
from throughline.elements.writing.schema import SCHEMA

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def node_of(document: dict[str, Any]) -> Node:
    """A document that is known to be good as the library's own tree."""
    return Node.from_json(SCHEMA, document)


def applied(step: Step, document: Node) -> Node:
    """The document after a step. Raises `ValidationError`: the library raises of many kinds where a step does not fit."""
    try:
        result = step.apply(document)
    except Exception as error:
        raise ValidationError(_("This change doesn’t fit the text as it is now.")) from error
    finally:
        forget()
    if result.failed is not None or result.doc is None:
        raise ValidationError(_("This change doesn’t fit the text as it is now."))
    return result.doc


def forget() -> None:
    """prosemirror 0.6.1 keeps every document in which a position was looked up (`findings/`): let them go."""
    resolvedpos._resolve_cache.clear()


@dataclass(frozen=True, slots=True)
class Told:
    """A step as an editor sent it, looked through: what it brings has so many nodes and bytes at most."""

    step: Step
    nodes: int
    bytes: int
    pictures: frozenset[str]


def told_step(told: Any) -> Told:
    """Read a step that was sent. Raises `ValidationError` unless it is one that our editor makes."""
    try:
        step = Step.from_json(SCHEMA, told)
        size = len(json.dumps(told, ensure_ascii=False).encode())
    except Exception as error:  # of a dozen kinds, where something is no step
        raise strange() from error
    for name in ("from_", "to", "gap_from", "gap_to", "insert"):
        value = getattr(step, name, 0)
        if type(value) is not int or not 0 <= value <= MOST_BYTES:
            raise strange()
    if not isinstance(step, ReplaceStep | ReplaceAroundStep | AddMarkStep | RemoveMarkStep):
        raise strange()  # attributes are changed by putting a node in the place of itself
    brought: list[Any] = []
    if isinstance(step, ReplaceStep | ReplaceAroundStep):
        brought = list(step.slice.content.to_json() or [])
        if not 0 <= step.slice.open_start <= MOST_DEPTH or not 0 <= step.slice.open_end <= MOST_DEPTH:
            raise strange()
    else:
        check_mark(step.mark.to_json())
    return Told(step, check_brought(brought), size, frozenset(pictures_in(brought)))


def pictures_in(nodes: Iterable[Any]) -> Iterator[str]:
    """The files of the pictures that stand in some nodes."""
    for node in nodes:
        if node.get("type") == "image":
            yield node["attrs"]["file"]
        yield from pictures_in(node.get("content") or ())


def accepted(step: Step, document: Node) -> Node:
    """The document after a step of somebody's, when what it touched is as it may be. Raises `ValidationError`."""
    after = applied(step, document)
    try:
        for start, end in _touched(step, after):
            around = after.resolve(start)
            for depth in range(around.depth + 1):
                _check_content(around.node(depth))
            after.nodes_between(start, end, lambda node, *_: _check_content(node))
            if depth_of(after, start, end) > MOST_DEPTH:
                raise too_deep()
    except ValidationError:
        raise
    except Exception as error:
        raise strange() from error
    finally:
        forget()
    return after


def _check_content(node: Node) -> bool:
    if not node.is_text and not node.type.valid_content(node.content):
        raise strange()
    return True


def _touched(step: Step, after: Node) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    step.get_map().for_each(lambda _a, _b, start, end: spans.append((start, end)))
    if not spans:
        spans.append((step.from_, step.to))  # type: ignore[attr-defined]
    most = after.content.size
    return [(min(start, most), min(end, most)) for start, end in spans]


def depth_of(document: Node, start: int, end: int) -> int:
    """How deep blocks stand in blocks between two places."""

    def deepest(node: Node, at: int) -> int:
        found, place = 0, at
        for child in node.content.content:
            after = place + child.node_size
            if after >= start and place <= end and not child.is_inline:
                found = max(found, 1 + deepest(child, place + 1))
            place = after
        return found

    return deepest(document, 0)


def replayed(document: Node, changes: Iterator[list[Any]]) -> Node:
    """The document after the stored steps of some changes."""
    for steps in changes:
        for told in steps:
            document = applied(Step.from_json(SCHEMA, told), document)
    return document


def steps_between(base: Node, wanted: Node) -> list[Step]:
    """Small steps that turn one document into the other: blocks are aligned, then the words of those that changed, so
    that two people who change different words of one paragraph both keep theirs."""
    transform = Transform(base)
    # Backwards, so that what is still to be changed keeps its place.
    for start, end, content in reversed(differences(base, wanted)):
        transform.step(ReplaceStep(start, end, Slice(content, 0, 0)))
    forget()
    return list(transform.steps)


def differences(base: Node, wanted: Node) -> list[tuple[int, int, Fragment]]:
    """What to put between which places of `base` to make the other of it, in order."""
    return list(_differences(base, wanted, 0))


def _differences(base: Node, wanted: Node, start: int) -> Iterator[tuple[int, int, Fragment]]:
    """(from, to, content) in the positions of the base, whose content begins at `start`."""
    if base.inline_content:
        yield from _words(base, wanted, start)
        return
    ours, theirs = base.content.content, wanted.content.content
    places = _places(ours, start)
    for kind, a, b, c, d in _aligned(ours, theirs):
        if kind == "equal":
            continue
        at, to = a, c
        for one, other in [*_kept(ours[a:b], theirs[c:d]), (b - a, d - c)]:
            if at < a + one or to < c + other:
                yield places[at], places[a + one], Fragment.from_(theirs[to : c + other])
            at, to = a + one + 1, c + other + 1
            if at <= b:
                yield from _differences(ours[at - 1], theirs[to - 1], places[at - 1] + 1)


def _kept(ours: list[Node], theirs: list[Node]) -> list[tuple[int, int]]:
    """The blocks of which only the content changes. What lies between two of them is replaced at once: a text in which
    only the second half of such a change is made would not always be one that may be (a list item without words)."""
    said = [[words_in(node.text_content) for node in nodes] for nodes in (ours, theirs)]
    found = [(one, other) for one, other in pairs(*said) if ours[one].same_markup(theirs[other])]
    return [(one, other) for one, other in found if not ours[one].is_leaf]


def _words(base: Node, wanted: Node, start: int) -> Iterator[tuple[int, int, Fragment]]:
    ours, theirs = _pieces(base), _pieces(wanted)
    places = _places(ours, start)
    for kind, a, b, c, d in _aligned(ours, theirs):
        if kind != "equal":
            yield places[a], places[b], Fragment.from_array(theirs[c:d])


def _places(nodes: list[Node], start: int) -> list[int]:
    places = [start]
    for node in nodes:
        places.append(places[-1] + node.node_size)
    return places


def _aligned(ours: list[Node], theirs: list[Node]) -> Sequence[tuple[str, int, int, int, int]]:
    keys = [[json.dumps(node.to_json(), sort_keys=True) for node in nodes] for nodes in (ours, theirs)]
    return SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()


def _pieces(block: Node) -> list[Node]:
    """The words, spaces and signs of a text block, each with its marks."""
    found: list[Node] = []
    for child in block.content.content:
        if child.is_text:
            found += [SCHEMA.text(word, child.marks) for word in WORDS.findall(child.text or "")]
        else:
            found.append(child)
    return found
