"""Fields and their elements as a form draws them: plain functions that answer safe HTML, several times as quick as the
templates that Django has for them. A form in a page draws up to ten, and a list to choose from has a line for each competency.

`templatetags/ui.py` makes each a tag, `ui/field.html` and `django/forms/widgets/` are nothing but these tags.
"""

from collections.abc import Mapping
from typing import Any

from django.forms import BoundField
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_NOTHING = mark_safe("")


def attributes(named: Mapping[str, object]) -> SafeString:
    """Attributes of an element: True stands alone, False is left out."""
    parts = [
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in named.items()
        if value is not False
    ]
    return mark_safe("".join(parts))  # noqa: S308  (every part is escaped)


def option_input(option: Mapping[str, Any]) -> SafeString:
    """The radio button or tick of one option of a widget."""
    return format_html(
        '<input type="{}" name="{}" value="{}"{}>',
        option["type"],
        option["name"],
        option["value"],
        attributes(option["attrs"]),
    )


def input_element(widget: Mapping[str, Any]) -> SafeString:
    """A line to type in, or a tick."""
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        _NOTHING if value is None else attributes({"value": value}),
        attributes(widget["attrs"]),
    )


def textarea_element(widget: Mapping[str, Any]) -> SafeString:
    """Several lines to type in. A browser leaves out the first line break."""
    told = widget["name"], attributes(widget["attrs"]), widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', *told)


def select_element(widget: Mapping[str, Any]) -> SafeString:
    """A list to choose from, in groups where it has some."""
    parts = []
    for group, options, _index in widget["optgroups"]:
        lines = "".join(map(_option, options))
        parts.append(f'<optgroup label="{escape(group)}">{lines}</optgroup>' if group else lines)
    inside = mark_safe("".join(parts))  # noqa: S308  (every part is escaped)
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attributes(widget["attrs"]), inside)


def _option(option: Mapping[str, Any]) -> str:
    known = attributes({"value": option["value"], **option["attrs"]})
    return f"<option{known}>{conditional_escape(option['label'])}</option>"


def field_group(field: BoundField) -> SafeString:
    """A field with its label, its help and what is wrong with it."""
    errors, fieldset = field.errors, field.use_fieldset
    wrong = " wrong" if errors else ""
    help_id = f"{field.auto_id}_helptext"
    if not fieldset and field.widget_type == "checkbox":
        help_text = _help('<br><span class="help" id="{}">{}</span>', help_id, field.help_text)
        return format_html(
            '<div class="field{}"><label class="tick" for="{}">{}<span>{}{}</span></label>{}</div>',
            wrong,
            field.id_for_label,
            field,
            field.label,
            help_text,
            errors or "",
        )
    help_text = _help('<p class="help" id="{}">{}</p>', help_id, field.help_text)
    need = _NOTHING
    if not field.field.required and not getattr(field.field, "depends", False):
        need = format_html(' <span class="need">{}</span>', _("optional"))
    inside = format_html("{}{}{}", help_text, errors or "", field)
    if not fieldset:
        return format_html(
            '<div class="field{}"><label for="{}">{}{}</label>{}</div>',
            wrong,
            field.id_for_label,
            field.label,
            need,
            inside,
        )
    known = [help_id] * bool(field.help_text) + [f"{field.auto_id}_error"] * bool(errors)
    return format_html(
        '<fieldset class="field{}"{}><legend{}>{}{}</legend>{}</fieldset>',
        wrong,
        attributes({"aria-describedby": " ".join(known)}) if known else "",
        attributes({"class": "visually-hidden"}) if getattr(field.field.widget, "hide_label", False) else "",
        field.label,
        need,
        inside,
    )


def _help(markup: str, help_id: str, text: object) -> SafeString:
    return format_html(markup, help_id, text) if text else _NOTHING
