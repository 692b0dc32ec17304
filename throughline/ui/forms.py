"""How forms look and how a verb's refusal comes back to the form that asked for it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.translation import gettext as _

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


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """What a verb refuses (`ValidationError`) where there is no form to say it on: the next page says it."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def forgotten(form: BaseForm) -> str:
    """What a form that comes back with errors does not bring back: all (it is a file), a file, a password, or nothing."""
    widgets = [field.widget for field in form.fields.values() if not field.widget.is_hidden]
    files = [widget for widget in widgets if isinstance(widget, forms.FileInput)]
    if files:
        return "all" if len(files) == len(widgets) else "file"
    hidden = (isinstance(widget, forms.PasswordInput) and not widget.render_value for widget in widgets)
    return "password" if any(hidden) else ""


Field = TypeVar("Field", bound=forms.Field)


def depends(field: Field) -> Field:
    """A field that is needed in some cases only: not asked for by the browser, and not called optional either."""
    field.depends = True  # type: ignore[attr-defined]
    return field


class StepCards(forms.RadioSelect):
    """One of several described steps, each a card. `about` says a sentence for a choice's value.

    `hide_label` leaves the question to readers when the page's own title asks it.
    """

    template_name = "ui/widgets/step_cards.html"

    def __init__(
        self, about: Mapping[str, Any] | None = None, hide_label: bool = False, **kwargs: Any
    ) -> None:
        self.hide_label = hide_label
        self.about = {str(key): text for key, text in (about or {}).items()}
        super().__init__(**kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "about": self.about.get(str(value), "")}


class ChoicePills(forms.RadioSelect):
    """One of a few short answers. Values in `apart` stand at the far end; `even` gives all the same width."""

    template_name = "ui/widgets/choice_pills.html"

    def __init__(self, apart: Collection[str] = (), even: bool = False, **kwargs: Any) -> None:
        self.apart, self.even = frozenset(map(str, apart)), even
        super().__init__(**kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "apart": str(value) in self.apart}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["even"] = self.even
        return context


class ManyPills(forms.CheckboxSelectMultiple):
    """Any number of a few short answers."""

    template_name = "ui/widgets/choice_pills.html"


class FileDrop(forms.FileInput):
    """A place to drop or choose a file that says its limits beforehand. `kinds` is a sentence, `accept` the MIME list."""

    template_name = "ui/widgets/file_drop.html"

    def __init__(self, limit_mb: int, kinds: str = "", accept: str = "", **kwargs: Any) -> None:
        self.limit_mb, self.kinds = limit_mb, kinds
        super().__init__(**kwargs)
        if accept:
            self.attrs["accept"] = accept

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        size = _("Up to %(size)d MB.") % {"size": self.limit_mb}
        widget = context["widget"]
        limits_id = f"{widget['attrs'].get('id', name)}_limits"
        described = widget["attrs"].get("aria-describedby")
        widget["attrs"]["aria-describedby"] = f"{described} {limits_id}" if described else limits_id
        widget["limits_id"] = limits_id
        widget["limits"] = f"{self.kinds} {size}" if self.kinds else size
        widget["limit_bytes"] = self.limit_mb * 1024 * 1024
        widget["too_large"] = _("This file is larger than %(size)d MB. Choose a smaller one.") % {
            "size": self.limit_mb
        }
        return context


def date_input() -> forms.DateInput:
    """A date as the browser asks for it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
