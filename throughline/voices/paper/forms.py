"""Forms of answers on paper: which form to print, and a sheet that is keyed in by numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.languages import name_of
from throughline.voices.answering.drawing import RATHER_NOT
from throughline.voices.models import Asked
from throughline.voices.paper.sheet import Row, Section, rows_of
from throughline.voices.spool.content import MOST_WORDS

NOTHING = "0"  # typed where no box is crossed, or more than one
_DAY = 24 * 60 * 60  # seconds for which a page can be sent; its mark is known for longer
_MARK_LENGTH = 32


class PrintForm(forms.Form):
    """Which form to print. Asked for by address, so that the file can be opened again."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    size = forms.ChoiceField(
        label=gettext_lazy("Letters"),
        choices=[("usual", gettext_lazy("Usual size")), ("large", gettext_lazy("Large print"))],
    )
    paper = forms.ChoiceField(
        label=gettext_lazy("Paper"),
        choices=[("a4", gettext_lazy("A4")), ("letter", gettext_lazy("Letter (US)"))],
    )

    def __init__(self, data: QueryDict | None, *, asked: Asked, **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, name_of(code)) for code in asked.listening.languages]


class SheetForm(forms.Form):
    """A sheet, row by row: the number of the box that is crossed, or what somebody wrote.

    Every row with boxes wants a number, so that a slip of the finger saves nothing half typed: it cannot be taken back.
    """

    def __init__(self, data: QueryDict | None, *, sections: Sequence[Section]) -> None:
        super().__init__(data)
        self.sections, self.rows = sections, rows_of(list(sections))
        self.mark = _opened(self.data.get("mark", ""))
        for row in self.rows:
            self.fields[_name(row)] = _words(row) if row.kind == "words" else self._digit(row)

    def _digit(self, row: Row) -> forms.CharField:
        first = {"autofocus": True} if row is self.rows[0] and not self.is_bound else {}
        most = len(row.boxes)
        fits = f"[0-{most}]" if most < 10 else "[0-9]|1[0-3]"  # at most twelve choices, and a way not to say
        attrs = {"pattern": fits, "autocomplete": "off", "inputmode": "numeric", "maxlength": 2, "size": 2}
        return forms.CharField(
            label=_label(row),
            required=True,
            error_messages={
                "required": _("Type a number here, or 0 where no box is crossed or more than one.")
            },
            widget=forms.TextInput({**attrs, **first, "data-most": most}),
        )

    def clean(self) -> dict[str, Any]:
        """Numbers that stand on no box, and a page that was open for too long."""
        said = super().clean() or {}
        for row in self.rows:
            given = said.get(_name(row), NOTHING)
            if row.boxes and given != NOTHING and row.value_of(given) is None:
                self.add_error(_name(row), _("There is no box with this number here."))
        if not self.mark:
            self.add_error(
                None,
                _(
                    "This page was open for more than a day. What you typed is still here: look it over and save it again."
                ),
            )
        return said

    @property
    def signed(self) -> str:
        """What the page carries along: the same again when it comes back with errors."""
        return _signer().sign(self.mark or get_random_string(_MARK_LENGTH))

    def laid_out(self) -> list[tuple[Section, list[tuple[Row, forms.BoundField]]]]:
        """The fields under the headings of the sheet."""
        return [(section, [(row, self[_name(row)]) for row in section.rows]) for section in self.sections]

    def answer(self) -> dict[str, dict[str, Any]]:
        """What the verb takes: steps, background and words by the code of the question."""
        found: dict[str, dict[str, Any]] = {"steps": {}, "background": {}, "words": {}}
        for row in self.rows:
            given = self.cleaned_data[_name(row)]
            value = row.value_of(given) if row.boxes else given
            if value is None or value == RATHER_NOT:
                continue
            found[row.kind][row.code] = int(value) if row.kind == "steps" else value
        return found


def _name(row: Row) -> str:
    return f"row-{row.number}"


def _label(row: Row) -> str:
    return f"{row.number}. {row.said.text}"


def _words(row: Row) -> forms.CharField:
    return forms.CharField(
        label=_label(row),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="voices.paper")


def _opened(signed: str) -> str:
    """The mark of a page of today; empty for any other."""
    try:
        return _signer().unsign(signed, max_age=_DAY)
    except BadSignature:
        return ""
