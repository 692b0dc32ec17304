"""A form that changes what stands already notices when that was changed after its page was opened.

The page carries a mark of what stood then (`as_seen`). When something else stands as it is sent, and it is not what is
sent, nothing is written: the form shows what stands now beside what was typed, and sending it again replaces that.
Two who send at the same moment come one after the other (`activity.middleware.OnceOnly`, or a lock in the verb).
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.dateformat import format as dated
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from throughline.kit.text import clean_text

FIELD = "as_seen"
# What a page has sent in the background and got no answer for (ui/js/forms.js): if that stands now, it was this page.
SENT = "as_sent"
MEANWHILE = "meanwhile"

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


class AsSeen(Base):
    """Mixin before `forms.Form`, for forms whose `initial` is what stands in the database now."""

    # What stands now and differs from what was typed: label and words.
    stands_now: list[tuple[str, str]]
    if TYPE_CHECKING:
        cleaned_data: dict[str, Any]
        data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands_now = []
        self.fields[FIELD] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self.mark)

    def mark(self) -> str:
        """A short sign of what stands."""
        told = {name: _plain(self._stands(name, field)) for name, field in self._compared()}
        words = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return salted_hmac("throughline.ui.asseen", words, algorithm="sha256").hexdigest()[:20]

    def is_as_seen(self) -> bool:
        """Whether the page was opened with the values of `initial`, or has sent them itself, or sends them now."""
        return self._seen() in ("", self.mark()) or self._was_sent_from_here() or not self._differs(self.data)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data.pop(FIELD, None)
        if not self.is_as_seen():
            self._tell_what_stands()
        return self.cleaned_data

    def _seen(self) -> str:
        return str(self.data.get(self.add_prefix(FIELD)) or "")

    def _compared(self) -> Iterable[tuple[str, forms.Field]]:
        return [
            (name, field)
            for name, field in self.fields.items()
            if name != FIELD
            and not field.disabled
            and not isinstance(field, forms.FileField)
            and not isinstance(field.widget, forms.HiddenInput)
        ]

    def _stands(self, name: str, field: forms.Field) -> Any:
        return self.get_initial_for_field(field, name)

    def _differs(self, data: Any) -> list[tuple[str, forms.Field]]:
        """The fields for which something else stands now than `data` says."""
        return [
            (name, field)
            for name, field in self._compared()
            if _changed(
                field,
                self._stands(name, field),
                field.widget.value_from_datadict(data, {}, self.add_prefix(name)),
            )
        ]

    def _was_sent_from_here(self) -> bool:
        try:
            sent = json.loads(self.data.get(SENT) or "[]")
            return any(not self._differs(QueryDict(str(each))) for each in sent)
        except (ValueError, TypeError):
            return False

    def _tell_what_stands(self) -> None:
        self.stands_now = [
            (str(field.label or name), _in_words(field, self._stands(name, field)))
            for name, field in self._differs(self.data)
        ]
        self.add_error(None, ValidationError(said_meanwhile(), code=MEANWHILE))
        data = self.data.copy()
        data[self.add_prefix(FIELD)] = self.mark()
        self.data = data


def said_meanwhile() -> str:
    """What a form says when something else was saved first."""
    return _(
        "This was changed after you opened the page, by someone else or by you in another window. "
        "Nothing you typed is lost, and nothing is overwritten yet. Compare the two. If you save again, "
        "yours is kept."
    )


def _changed(field: forms.Field, stands: Any, sent: Any) -> bool:
    """Whether something else is meant than what stands. What the field does not accept is something else."""
    try:
        meant = field.clean(clean_text(sent) if isinstance(sent, str) else sent)
    except ValidationError:
        return True
    return bool(_plain(stands) != _plain(meant))


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(each) for each in value)
    return "" if value is None or value is False else str(value)


def _in_words(field: forms.Field, value: Any) -> str:
    choices = getattr(field, "choices", None)
    if choices is not None:
        wanted = _plain(value)
        names = dict(_flat(choices))
        listed = wanted if isinstance(wanted, list) else [wanted]
        return ", ".join(str(names.get(each, each)) for each in listed) or _("(empty)")
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if hasattr(value, "strftime"):
        return str(dated(value, get_format("DATE_FORMAT")))
    return _plain(field.prepare_value(value)) or _("(empty)")


def _flat(choices: Any) -> Iterable[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
