"""Changes of the text as ProseMirror steps: read, tried on a document, and found between two documents."""

import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from prosemirror.model import Fragment, Node, Slice, resolvedpos
from prosemirror.transform import ReplaceStep, Step, Transform

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
        # prosemirror 0.6.1 keeps every document in which a position was looked up
        resolvedpos._resolve_cache.clear()
    if result.failed is not None or result.doc is None:
        raise ValidationError(_("This change doesn’t fit the text as it is now."))
    return result.doc


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
    for start, end, content in reversed(list(_differences(base, wanted, 0))):
        transform.step(ReplaceStep(start, end, Slice(content, 0, 0)))
    resolvedpos._resolve_cache.clear()
    return list(transform.steps)


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
        common = min(b - a, d - c)
        for index in range(common):
            one, other = ours[a + index], theirs[c + index]
            if one.same_markup(other) and not one.is_leaf:
                yield from _differences(one, other, places[a + index] + 1)
            elif not one.eq(other):
                yield places[a + index], places[a + index + 1], Fragment.from_(other)
        if b - a != d - c:
            yield places[a + common], places[b], Fragment.from_(theirs[c + common : d])


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
