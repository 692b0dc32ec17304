"""Forms of groups and of what is asked of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.languages import name_of
from throughline.frameworks.tree import Tree
from throughline.ui.asseen import AsSeen
from throughline.voices.asking.checking import MOST_INVITED, TEXT_LIMIT, ToldOfGroup
from throughline.voices.groups import Group
from throughline.voices.models import Asked
from throughline.voices.scales import SCALES


class GroupsForm(forms.Form):
    """Which groups to ask too, and how many people are in each."""

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for each in groups:
            self.fields[f"ask-{each.code}"] = forms.BooleanField(label=str(each.name), required=False)
            self.fields[f"invited-{each.code}"] = forms.IntegerField(
                label=_("How many are invited: %(group)s") % {"group": each.name},
                min_value=1,
                max_value=MOST_INVITED,
                required=False,
            )
            said = self.fields[f"invited-{each.code}"]
            said.widget.attrs["aria-label"] = said.label  # the column says it to those who see it

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """A group and its number, as they stand beside each other."""
        for each in self.groups:
            yield self[f"ask-{each.code}"], self[f"invited-{each.code}"]

    def chosen(self) -> dict[str, ToldOfGroup]:
        """The groups that were ticked, or given a number."""
        said = self.cleaned_data
        return {
            each.code: {"invited": said[f"invited-{each.code}"]}
            for each in self.groups
            if said[f"ask-{each.code}"] or said[f"invited-{each.code}"]
        }


class GroupForm(AsSeen, forms.Form):
    """How a group is asked."""

    invited = forms.IntegerField(
        label=gettext_lazy("How many are invited?"),
        help_text=gettext_lazy("Without it nobody can tell how many answered, or what will be visible."),
        min_value=1,
        max_value=MOST_INVITED,
        required=False,
    )
    expected = forms.IntegerField(
        label=gettext_lazy("Of a hundred, how many will answer?"),
        help_text=gettext_lazy("Be cautious, or go by the last time."),
        min_value=1,
        max_value=100,
    )
    young = forms.BooleanField(
        label=gettext_lazy("They are under twelve: ask in simpler words"), required=False
    )
    by_link = forms.BooleanField(
        label=gettext_lazy("By one open link and poster for all"),
        help_text=gettext_lazy("Easy. Somebody could answer more than once."),
        required=False,
    )
    by_code = forms.BooleanField(
        label=gettext_lazy("By a code for each, usable once"),
        help_text=gettext_lazy("On slips of paper. Nobody can tell which code an answer came by."),
        required=False,
    )
    counted_with = forms.ChoiceField(
        label=gettext_lazy("Count them together with another group?"),
        help_text=gettext_lazy("Where a group is too small for anything to be shown of it alone."),
        required=False,
    )

    def __init__(self, *args: Any, asked: Asked, others: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if asked.group != "learner":
            del fields["young"]
        choices = [(each.group, each.get_group_display()) for each in others]
        fields["counted_with"].choices = [("", _("No, alone")), *choices]
        if not choices:
            del fields["counted_with"]


class WordsForm(AsSeen, forms.Form):
    """What is asked, in every language of the listening, and more simply where younger learners are asked."""

    def __init__(self, *args: Any, languages: Iterable[str], learners: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for language in self.languages:
            self._ask(f"text-{language}", _("What is asked (%(language)s)"), language, required=True)
            if learners:
                label = _("More simply, for learners under twelve (%(language)s)")
                self._ask(f"simple-{language}", label, language, required=False)

    def _ask(self, name: str, label: str, language: str, *, required: bool) -> None:
        self.fields[name] = forms.CharField(
            label=label % {"language": name_of(language)},
            max_length=TEXT_LIMIT,
            required=required,
            widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
        )

    def words(self) -> dict[str, dict[str, str]]:
        """Language → what is asked."""
        said = self.cleaned_data
        return {
            language: {"text": said[f"text-{language}"], "simple": said.get(f"simple-{language}", "")}
            for language in self.languages
        }


class OwnForm(WordsForm):
    """A question of the school's own: also what can be answered, and what it is about."""

    field_order = ()

    def __init__(self, *args: Any, framework: Tree, about: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scales = [(scale.code, " · ".join(str(label) for label in scale.labels)) for scale in SCALES.values()]
        self.fields["scale"] = forms.ChoiceField(
            label=_("What can be answered?"),
            choices=[*scales, ("", _("In one’s own words"))],
            required=False,
            initial="how-often",
            widget=forms.RadioSelect(),
        )
        self.fields["competency"] = _what_it_is_about(framework, about)


class OwnWordsForm(WordsForm):
    """The same question worded differently, or about something else."""

    def __init__(self, *args: Any, framework: Tree, about: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competency"] = _what_it_is_about(framework, about)


def _what_it_is_about(framework: Tree, about: Sequence[str]) -> forms.ChoiceField:
    """The competencies of the listening, by their domains."""
    chosen = [
        (domain.name, [(each.code, each.name) for each in domain.competencies if each.code in about])
        for domain in framework.domains
    ]
    return forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("It then stands beside the other questions about this competency, marked as your own."),
        choices=[("", _("Something else")), *((name, each) for name, each in chosen if each)],
        required=False,
    )
