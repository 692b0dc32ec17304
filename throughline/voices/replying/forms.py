"""The form of a line, with a field for each language, and that of putting a listening away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.languages import name_of
from throughline.journeys.models import Priority
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, ManyPills
from throughline.voices.answering.languages import direction_of
from throughline.voices.models import Reply
from throughline.voices.replying.checking import ANSWER, HEARD, LIMIT, PARTS, WHY_LIMIT, field_of
from throughline.voices.replying.following import Choices


class ReplyForm(AsSeen, forms.Form):
    """What was heard, what follows, and where it belongs."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What follows from it?"),
        choices=[
            (Reply.Kind.WILL, gettext_lazy("We will do it")),
            (Reply.Kind.LATER, gettext_lazy("Not yet")),
            (Reply.Kind.NOT, gettext_lazy("We will not do it")),
        ],
        widget=ChoicePills(),
    )
    competency = forms.ChoiceField(label=gettext_lazy("Competency"), required=False)
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority of the journey"),
        help_text=gettext_lazy("Readers then see beside the line how it stands."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )

    steps = forms.MultipleChoiceField(
        label=gettext_lazy("What the plan does about it"), required=False, widget=ManyPills()
    )
    tells = forms.BooleanField(
        label=gettext_lazy("Tell readers how far it is"),
        help_text=gettext_lazy(
            "One plain sentence, as it stands when you publish: never a title, a name or that something is late."
        ),
        required=False,
        initial=True,
    )

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        competencies: Mapping[str, str],
        priorities: Iterable[tuple[str, str]],
        steps: Choices,
        **kwargs: Any,
    ) -> None:
        self.languages = languages
        super().__init__(*args, **kwargs)
        self._offer_steps(steps)
        fields: dict[str, Any] = self.fields
        fields["competency"].choices = [("", _("None")), *competencies.items()]
        fields["priority"].choices = [("", _("None")), *priorities]
        labels = {HEARD: _("You said"), ANSWER: _("What we do, or why not")}
        for language in languages:
            for part in PARTS:
                label = labels[part]
                if len(languages) > 1:
                    label = f"{label} · {name_of(language)}"
                attrs = {"rows": 3, "lang": language, "dir": direction_of(language)}
                fields[field_of(part, language)] = forms.CharField(
                    label=label, required=False, max_length=LIMIT, widget=forms.Textarea(attrs=attrs)
                )

    def _offer_steps(self, steps: Choices) -> None:
        """Whoever does not see the plan, or has none, is asked nothing about it."""
        if steps:
            fields: dict[str, Any] = self.fields
            fields["steps"].choices = steps
            return
        del self.fields["steps"], self.fields["tells"]

    @property
    def chosen_steps(self) -> bool:
        """Whether steps are chosen, or something is wrong with them: then their fold stands open."""
        return bool(self["steps"].value() or self["steps"].errors)

    @property
    def by_language(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language, with its name."""
        return [(name_of(each), [self[field_of(part, each)] for part in PARTS]) for each in self.languages]

    def told(self, priorities: Mapping[str, Priority]) -> dict[str, Any]:
        """What the verbs take."""
        said = self.cleaned_data
        words = {each: {part: said[field_of(part, each)] for part in PARTS} for each in self.languages}
        return {
            "kind": said["kind"],
            "competency": said["competency"],
            "priority": priorities.get(str(said["priority"] or "")),
            "words": words,
            **{name: said[name] for name in ("steps", "tells") if name in said},
        }


class AwayForm(forms.Form):
    """Putting a listening away; why, where nothing was published."""

    without_reply = forms.CharField(
        label=gettext_lazy("Why is there no reply?"),
        help_text=gettext_lazy(
            "Everybody who has the address of this listening reads it, and it stands in the log."
        ),
        required=False,
        max_length=WHY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
