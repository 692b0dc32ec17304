"""How forms look and how a verb's refusal comes back to the form that asked for it."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

Result = TypeVar("Result")


class Renderer(TemplatesSetting):
    """Forms and fields are drawn by the product's own components."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def attempt(form: BaseForm, verb: Callable[[], Result]) -> Result | None:
    """Carry out `verb`; put what it refuses (`ValidationError`) on the form and answer None."""
    try:
        return verb()
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, error)
        return None
