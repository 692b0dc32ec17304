"""Templates as a web process keeps them: compiled, without the text that they were made from (2 MB for all pages)."""

from collections.abc import Iterable

from django.template import Origin, Template
from django.template.base import Node, NodeList
from django.template.loaders import cached


class Loader(cached.Loader):
    """Django's loader that compiles each template once. Source and tokens are for the debugger's page only."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if template.source and not self.engine.debug:
            template.source = ""
            _forget_tokens(template.nodelist)
        return template


def _forget_tokens(nodes: Iterable[Node]) -> None:
    """Of these and all that they hold. Django's own way down passes by what stands inside our block tags."""
    for node in nodes:
        node.token = None
        for name in {*node.child_nodelists, "nodelist"}:
            held = getattr(node, name, None)
            if isinstance(held, NodeList):
                _forget_tokens(held)
