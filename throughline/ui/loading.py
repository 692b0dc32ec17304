"""Templates as a web process keeps them: compiled, without the text that they were made from (2 MB for all pages)."""

from typing import Any

from django.template import Origin, Template
from django.template.base import Node
from django.template.loaders import cached


class Loader(cached.Loader):
    """Django's loader that compiles each template once. Source and tokens are for the debugger's page only."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if template.source and not self.engine.debug:
            template.source = ""
            nodes: Any = template.nodelist.get_nodes_by_type(Node)
            for node in nodes:
                node.token = None
        return template
