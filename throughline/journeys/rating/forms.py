"""The form for rating one competency alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.journeys.models import Confidence
from throughline.journeys.models.talk import Said
from throughline.journeys.rating.actions import LONGEST_COMMENT
from throughline.journeys.rating.queries import Mine
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, StepCards

CANNOT_SAY = "cannot-say"


class RatingForm(AsSeen, forms.Form):
    """A step (or *cannot say*), how sure, and what makes them say so."""

    step = forms.ChoiceField(
        label=gettext_lazy("Where are we?"),
        error_messages={"required": gettext_lazy("Choose one of the steps, or that you cannot say.")},
    )
    confidence = forms.ChoiceField(
        label=gettext_lazy("How sure are you?"),
        choices=Confidence.choices,
        widget=ChoicePills,
        required=False,
    )
    comment = forms.CharField(
        label=gettext_lazy("What makes you say so?"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    release = forms.BooleanField(
        label=gettext_lazy("Share this comment with the team when the spread opens."), required=False
    )

    def __init__(
        self,
        *args: Any,
        competency: CompetencyItem,
        framework: Tree,
        rating: Said | Mine | None,
        small: bool,
        names_shown: bool,
        again: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(rating) if rating else {}
        super().__init__(*args, **kwargs)
        _offer_steps(self, competency, framework)
        self.fields["comment"].widget.attrs["placeholder"] = _who_reads(names_shown, small, again)
        if again:
            self.fields["release"].label = _("Share this comment with the team when rating again ends.")
        if not small:
            del self.fields["release"]

    def still_stands(self, rating: Said | Mine | None) -> bool:
        """Whether this is the rating that the page was opened with, or one that the page itself has sent."""
        self.initial = _initial(rating) if rating else {}
        return self.is_as_seen()

    def said(self) -> dict[str, Any]:
        """What the verb `rate` wants to know."""
        data = self.cleaned_data
        return {
            "step": None if data["step"] == CANNOT_SAY else int(data["step"]),
            "confidence": data["confidence"],
            "comment": data["comment"],
            "release_comment": data.get("release", False),
        }


def _who_reads(names_shown: bool, small: bool, again: bool) -> str:
    """What becomes of a comment, in one line; the same as the box below it and the promise say."""
    if small:
        return _("Only you can read this, unless you share it below.")
    if again:
        return (
            _("The team reads this with your name once rating again ends.")
            if names_shown
            else _("The team reads this without your name once rating again ends.")
        )
    return (
        _("The team reads this with your name once the spread opens.")
        if names_shown
        else _("The team reads this without your name once the spread opens.")
    )


class LookForm(AsSeen, forms.Form):
    """Where the school stood at an earlier moment, as seen from today: a step, or *cannot say*."""

    step = forms.ChoiceField(
        label=gettext_lazy("Looking back, where were we then?"),
        error_messages={"required": gettext_lazy("Choose one of the steps, or that you cannot say.")},
    )

    def __init__(
        self, *args: Any, competency: CompetencyItem, framework: Tree, said: Said | Mine | None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"step": _initial(said)["step"]} if said else {}
        super().__init__(*args, **kwargs)
        _offer_steps(self, competency, framework)

    def step_said(self) -> int | None:
        """The step, or None for *cannot say*."""
        said = self.cleaned_data["step"]
        return None if said == CANNOT_SAY else int(said)


def _offer_steps(form: forms.Form, competency: CompetencyItem, framework: Tree) -> None:
    labels = [(str(number), label.label) for number, label in enumerate(framework.step_labels, start=1)]
    texts = competency.steps or tuple(label.hint for label in framework.step_labels)
    step = form.fields["step"]
    assert isinstance(step, forms.ChoiceField)
    step.widget = StepCards(about={str(number): text for number, text in enumerate(texts, start=1)})
    step.choices = [*labels, (CANNOT_SAY, _("I cannot say"))]


def _initial(rating: Said | Mine) -> dict[str, Any]:
    return {
        "step": CANNOT_SAY if rating.step is None else str(rating.step),
        "confidence": rating.confidence,
        "comment": rating.comment,
        "release": rating.comment_released,
    }
