"""Template tags of the component set; loaded everywhere as builtins."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once_key() -> SafeString:
    """A hidden idempotency key: a form posted twice is carried out once (`activity.middleware.OnceOnly`)."""
    return format_html('<input type="hidden" name="_once" value="{}">', uuid4())
