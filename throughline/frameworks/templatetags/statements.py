"""`{% load statements %}`: texts of frameworks in pages. Imported ones may hold Markdown, formulas or worse."""

from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from throughline.frameworks.markup import flattened, safe_statement
from throughline.frameworks.tree import Tree

register = template.Library()


@register.filter
def statement(text: str) -> SafeString:
    """The whole statement as safe HTML (paragraphs): `<div>{{ competency.description|statement }}</div>`."""
    return safe_statement(text)


@register.filter
def plain_statement(text: str, limit: int = 600) -> str:
    """The statement as one line of plain text, for labels and lists."""
    return flattened(text, limit)


@register.simple_tag
def foreign(tree: Tree, *path: object) -> SafeString:
    """` lang="…"` for a text that is not translated: `<p{% foreign tree "competencies" item.code "name" %}>`."""
    if not tree.foreign or "/".join(quote(str(part), safe="") for part in path) not in tree.foreign:
        return SafeString("")
    return format_html(' lang="{}"', tree.source_language)
