"""`{% load statements %}`: texts of frameworks in pages. Imported ones may hold Markdown, formulas or worse."""

from django import template
from django.utils.safestring import SafeString

from throughline.frameworks.statements import flattened, safe_statement

register = template.Library()


@register.filter
def statement(text: str) -> SafeString:
    """The whole statement as safe HTML (paragraphs): `<div>{{ competency.description|statement }}</div>`."""
    return safe_statement(text)


@register.filter
def plain_statement(text: str, limit: int = 600) -> str:
    """The statement as one line of plain text, for labels and lists."""
    return flattened(text, limit)
