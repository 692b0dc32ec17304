"""Forms of the meeting: what the team agrees on one competency, or on several at once."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, StepLabel
from throughline.journeys.agreeing.actions import DOES_NOT_FIT, Agreement
from throughline.kit import clock
from throughline.records.actions import Cite
from throughline.records.evidence.actions import Piece, Shows
from throughline.records.models import Evidence, Mark, StandingValue, WhyChanged
from throughline.records.queries import is_stale
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, date_input, depends

WHOLE = "whole"


def cite_value(evidence_id: UUID, indicator_id: UUID | None) -> str:
    """How a tick "this evidence answers this indicator" travels in a form."""
    return f"{evidence_id}:{indicator_id or WHOLE}"


def read_cites(values: Sequence[str]) -> tuple[Cite, ...]:
    """The ticks of a form. Raises `ValidationError` for anything that no form of ours sends."""
    found = []
    for value in values:
        evidence, _sep, indicator = value.partition(":")
        try:
            found.append(Cite(UUID(evidence), None if indicator == WHOLE else UUID(indicator)))
        except ValueError:
            raise ValidationError(_("Choose the evidence again.")) from None
    return tuple(found)


class DecisionForm(forms.Form):
    """A standing with its reason, the evidence it stands on, and when to look again."""

    standing = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        choices=StandingValue.choices,
        widget=ChoicePills(even=True),
        error_messages={"required": gettext_lazy("Choose a standing for this competency.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Give a reason in a sentence. People will want to know why later on.")
        },
    )
    why_changed = forms.ChoiceField(
        label=gettext_lazy("What changed since last time?"),
        choices=[("", gettext_lazy("nothing changed")), *WhyChanged.choices],
        required=False,
    )
    evidence = forms.MultipleChoiceField(label=gettext_lazy("Evidence"), required=False)
    check_on = forms.DateField(label=gettext_lazy("Check again on"), required=False, widget=date_input())
    dissent = forms.CharField(
        label=gettext_lazy("A differing view"),
        help_text=gettext_lazy("If someone still sees it differently and wants that on record."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    new_title = depends(forms.CharField(label=gettext_lazy("Short title"), required=False, max_length=200))
    new_mark = depends(
        forms.ChoiceField(
            label=gettext_lazy("What it can show"), choices=Mark.choices, required=False, widget=ChoicePills
        )
    )
    new_text = forms.CharField(
        label=gettext_lazy("What you saw or found out"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    new_url = forms.CharField(label=gettext_lazy("Or a link"), required=False, max_length=2000)
    new_answers = forms.MultipleChoiceField(
        label=gettext_lazy("Indicators it supports"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, competency: CompetencyItem, pieces: Sequence[Evidence], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.competency = competency
        indicators = [each.id for each in competency.indicators]
        _choices(
            self,
            "evidence",
            [(cite_value(piece.id, each), piece.title) for piece in pieces for each in [*indicators, None]],
        )
        _choices(self, "new_answers", [(str(each.id), each.text) for each in competency.indicators])

    def blank_evidence(self) -> SafeString:
        """The fields for evidence brought in the same act, as long as nothing stands in them: drawn once and kept,
        because the page of a competency is opened many times in a meeting."""
        answers = tuple((str(each.id), each.text) for each in self.competency.indicators)
        return _blank_evidence(type(self), answers, get_language() or "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_title") and not data.get("new_mark"):
            self.add_error("new_mark", _("Choose whether it’s a document, a practice, or an effect."))
        if (data.get("new_text") or data.get("new_url")) and not data.get("new_title"):
            self.add_error("new_title", _("Give it a short title."))
        return data

    @property
    def pair(self) -> str:
        """Step (if there is one) and standing, as they were sent."""
        return f"{self.data.get('step', '')}:{self.data.get('standing', '')}"

    @property
    def asked(self) -> str:
        """The pair, where it was just asked whether the two go together: sent along, it says yes."""
        return self.pair if self.has_error("standing", DOES_NOT_FIT) else ""

    @property
    def sure(self) -> bool:
        """Whether people were asked and said yes."""
        return self.data.get("sure") == self.pair

    def cites(self) -> tuple[Cite, ...]:
        """The evidence ticked."""
        return read_cites(self.cleaned_data["evidence"])

    def brought(self) -> Piece | None:
        """Evidence typed right here, if any."""
        data = self.cleaned_data
        if not data["new_title"]:
            return None
        answers = [UUID(each) for each in data["new_answers"]]
        return Piece(
            kind=Evidence.Kind.LINK if data["new_url"] else Evidence.Kind.TEXT,
            mark=data["new_mark"],
            title=data["new_title"],
            happened_on=clock.today(),
            text=data["new_text"],
            url=data["new_url"],
            shows=tuple(Shows(self.competency.id, each) for each in answers) or (Shows(self.competency.id),),
        )


class BetweenRoundsForm(AsSeen, DecisionForm):
    """A decision outside any round, about the standing that its page showed."""


class AgreementForm(DecisionForm):
    """What the team agrees in a round: the step too."""

    step = forms.TypedChoiceField(
        label=gettext_lazy("Step"),
        coerce=int,
        widget=ChoicePills(even=True),
        error_messages={"required": gettext_lazy("Choose the step that you agree on.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ["step", "standing", "reason"]

    def __init__(self, *args: Any, labels: Sequence[StepLabel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "step", [(str(number), each.label) for number, each in enumerate(labels, start=1)])

    def agreement(self) -> Agreement:
        """What the verb `agree` wants to know."""
        data = self.cleaned_data
        return Agreement(
            step=data["step"],
            standing=data["standing"],
            reason=data["reason"],
            cites=self.cites(),
            why_changed=data["why_changed"],
            dissent=data["dissent"],
            check_on=data["check_on"],
            new_evidence=self.brought(),
            sure=self.sure,
        )


@lru_cache(maxsize=512)
def _blank_evidence(
    kind: type[DecisionForm], answers: tuple[tuple[str, str], ...], _language: str
) -> SafeString:
    class Blank(forms.Form):
        pass

    form = Blank()
    names = ["new_title", "new_mark", "new_text", "new_url", *(["new_answers"] if answers else [])]
    for name in names:
        form.fields[name] = deepcopy(kind.base_fields[name])
    if answers:
        _choices(form, "new_answers", list(answers))
    return mark_safe("".join(form[name].as_field_group() for name in names))  # noqa: S308  (drawn by the form itself)


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


@dataclass(frozen=True, slots=True)
class Tick:
    """One piece of evidence that may answer an indicator."""

    value: str
    evidence: Evidence
    ticked: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """An indicator (or the competency as a whole) with the evidence that may answer it."""

    text: str
    ticks: list[Tick]


def answers_for(competency: CompetencyItem, pieces: Sequence[Evidence], ticked: set[str]) -> list[Answer]:
    """The evidence at hand under each indicator, and last what shows the competency as a whole; nothing without any."""
    if not pieces:
        return []
    now = clock.now()

    def ticks(indicator: UUID | None) -> list[Tick]:
        made = []
        for piece in pieces:
            value = cite_value(piece.id, indicator)
            stale = is_stale(piece.recheck_on, piece.withdrawn_at, now)
            made.append(Tick(value, piece, value in ticked, stale))
        return made

    answers = [Answer(each.text, ticks(each.id)) for each in competency.indicators]
    if not competency.indicators:
        answers.append(Answer(_("The competency as a whole"), ticks(None)))
    return answers
