"""A compiled template does not keep what it was made from."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.template import engines
from django.template.base import Node, NodeList
from django.template.library import SimpleBlockNode


def inside(nodes: Iterable[Node]) -> Iterator[Node]:
    """These and every node that one of them holds, in whatever it keeps them."""
    for node in nodes:
        yield node
        for name in {*vars(node), "nodelist"}:
            held = getattr(node, name, None)
            if isinstance(held, NodeList):
                yield from inside(held)


@pytest.mark.parametrize("name", ["ui/base.html", "ui/gallery/surfaces.html"])
def test_source_and_tokens_are_forgotten(name: str) -> None:
    found: Any = engines["django"].get_template(name)
    nodes = list(inside(found.template.nodelist))
    assert len(nodes) > 20
    assert found.template.source == ""
    assert [node for node in nodes if node.token] == []


def test_one_of_them_has_block_tags() -> None:
    found: Any = engines["django"].get_template("ui/gallery/surfaces.html")
    blocks = [node for node in inside(found.template.nodelist) if isinstance(node, SimpleBlockNode)]
    assert any(len(block.nodelist) > 1 for block in blocks)
