"""Template tags of the component set; loaded everywhere as builtins. The cheat sheet is in the room's README."""

from typing import Any
from uuid import uuid4

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from throughline.ui import blocks, fields, navigation, pieces, terms, times
from throughline.ui.forms import forgotten
from throughline.ui.whose import whose_field

register = template.Library()

for piece in (
    pieces.head_assets,
    pieces.head_looks,
    pieces.icon,
    pieces.pill,
    pieces.button,
    pieces.button_link,
    pieces.person,
    pieces.progress,
    pieces.copy,
    times.moment,
    times.day,
    pieces.crumbs,
    pieces.tabs,
    pieces.pages,
    pieces.nav_link,
    pieces.open_dialog,
    fields.attributes,
    fields.option_input,
    fields.input_element,
    fields.textarea_element,
    fields.select_element,
    fields.field_group,
):
    register.simple_tag(piece)

for block in (
    blocks.page_header,
    blocks.section,
    blocks.card,
    blocks.record_block,
    blocks.notice,
    blocks.empty_state,
    blocks.dialog,
    blocks.menu,
    blocks.table_region,
):
    register.simple_block_tag(block)

register.filter("initials", pieces.initials_of)
register.filter("unmarked", pieces.unmarked)
register.filter("forgotten", forgotten)
register.filter("in_full", times.day_in_words)
register.filter("in_month", times.month_in_words)


@register.simple_tag(takes_context=True)
def once_key(context: Context) -> SafeString:
    """A hidden idempotency key: a form posted twice is carried out once (`activity.middleware.OnceOnly`).

    Not of the type that is called hidden: browsers bring the value of a text field back when somebody goes back.
    Beside it stands to whom the form is given (`whose`).
    """
    key = format_html('<input type="text" hidden name="_once" value="{}">', uuid4())
    return key + whose_field(context.get("request"))


@register.simple_tag(takes_context=True)
def whose(context: Context) -> SafeString:
    """For a form without an idempotency key: to whom it is given, so that its words can be kept (`activity.keeping`)."""
    return whose_field(context.get("request"))


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """Language, direction and chosen theme of the page, for `<html>`."""
    direction = context.get("direction") or ("rtl" if get_language_bidi() else "ltr")
    request = context.get("request")
    theme = context.get("theme") or (request.COOKIES.get("theme") if request else None)
    chosen = format_html(' data-theme="{}"', theme) if theme in ("light", "dark") else ""
    return format_html('lang="{}" dir="{}"{}', get_language() or "en", direction, chosen)


@register.simple_tag
def open_links() -> SafeString:
    """The links of the page header for people who have not signed in."""
    return navigation.open_links()


@register.simple_tag(takes_context=True)
def main_nav(context: Context) -> SafeString:
    """The links that rooms have registered for the page header (`ui.navigation`)."""
    return navigation.links(context.get("request"))


@register.simple_tag(takes_context=True)
def strips(context: Context) -> SafeString:
    """What rooms have put at the top of every page (`ui.navigation.register_strip`)."""
    return navigation.strips(context.get("request"))


@register.simple_tag(takes_context=True)
def term(context: Context, name: str, text: object = "") -> SafeString:
    """One of the product's own words, linked to the glossary where the page uses it first (`ui.terms`)."""
    return terms.term(context.get("request"), name, text)


@register.simple_tag(takes_context=True)
def help_link(context: Context) -> SafeString:
    """A link to what explains this page (`ui.navigation.register_help`)."""
    address = navigation.help_address(context.get("request"))
    return pieces.help_link(address) if address else pieces.NOTHING


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> Any:
    """`light`, `dark`, or nothing when the device decides."""
    request = context.get("request")
    theme = request.COOKIES.get("theme") if request else ""
    return theme if theme in ("light", "dark") else ""
