"""Steps as people make them, for property tests: text replaced, blocks split, joined, wrapped, lifted and marked."""

from typing import Any, cast

from hypothesis import strategies as st
from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import ReplaceStep, Step, Transform

from throughline.elements.editing.steps import applied, node_of, steps_between
from throughline.elements.writing.schema import SCHEMA, checked
from throughline.elements.writing.tests.documents import DOCUMENTS


def _typed(data: st.DataObject, node: Node) -> list[Step]:
    """Some units of one text block replaced by other words."""
    places: list[tuple[int, int]] = []

    def look(inner: Node, pos: int, *_: Any) -> None:
        if inner.inline_content:
            places.append((pos + 1, pos + 1 + inner.content.size))

    node.descendants(look)
    if not places:
        return []
    start, end = data.draw(st.sampled_from(places))
    first = data.draw(st.integers(start, end))
    last = data.draw(st.integers(first, end))
    word = data.draw(st.sampled_from(["", "new ", "𝒳 wide", "a"]))
    new = Fragment.from_(SCHEMA.text(word)) if word else Fragment.empty
    return [ReplaceStep(first, last, Slice(new, 0, 0))] if word or last > first else []


def _shaped(data: st.DataObject, node: Node) -> list[Step]:
    """A block split, wrapped, lifted, or marked: whatever of it fits."""
    change = Transform(node)
    place = data.draw(st.integers(0, node.content.size))
    kind = data.draw(st.sampled_from(["split", "wrap", "lift", "mark", "cut"]))
    try:
        if kind == "split":
            change.split(place)
        elif kind == "cut":
            change.delete(place, data.draw(st.integers(place, node.content.size)))
        elif kind == "mark":
            end = data.draw(st.integers(place, node.content.size))
            change.add_mark(place, end, SCHEMA.mark("strong"))
        else:
            found = node.resolve(place).block_range()
            if found is not None and kind == "wrap":
                around: Any = [{"type": SCHEMA.nodes["quote"], "attrs": {"voice": "", "group": ""}}]
                change.wrap(found, around)
            elif found is not None and found.depth:
                change.lift(found, found.depth - 1)
    except Exception:  # the library raises of many kinds where a change does not fit
        return []
    return list(change.steps)


def _data(known: Node | Step) -> dict[str, Any]:
    return cast("dict[str, Any]", known.to_json())


def history(data: st.DataObject, most: int = 6) -> tuple[list[list[dict[str, Any]]], list[dict[str, Any]]]:
    """Changes as they are stored (lists of steps as JSON), and the text before, between and after them."""
    node = node_of(checked(data.draw(DOCUMENTS)))
    told: list[list[dict[str, Any]]] = []
    documents = [_data(node)]
    for _each in range(data.draw(st.integers(1, most))):
        way = data.draw(st.sampled_from(["typed", "typed", "shaped", "whole"]))
        if way == "whole":
            steps = steps_between(node, node_of(checked(data.draw(DOCUMENTS))))
        else:
            steps = (_typed if way == "typed" else _shaped)(data, node)
        kept: list[dict[str, Any]] = []
        for step in steps:
            try:
                after = applied(step, node)
                after.check()
            except Exception:  # half a character, a block without its content
                break
            node = after
            kept.append(_data(step))
        if kept:
            told.append(kept)
            documents.append(_data(node))
    return told, documents
