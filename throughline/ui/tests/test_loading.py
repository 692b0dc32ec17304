"""A compiled template does not keep what it was made from."""

from typing import Any

from django.template import engines
from django.template.base import Node


def test_source_and_tokens_are_forgotten() -> None:
    found: Any = engines["django"].get_template("ui/base.html")
    template = found.template
    nodes = template.nodelist.get_nodes_by_type(Node)
    assert len(nodes) > 20
    assert template.source == ""
    assert [node for node in nodes if node.token] == []
