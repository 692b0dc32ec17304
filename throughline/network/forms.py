"""Share a snapshot: with whom, what of it, until when; the passcode of a link."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.network.actions import Offer
from throughline.network.models import Audience
from throughline.people.secret_links import PASSCODE_LIMIT
from throughline.schools.models import Organisation
from throughline.ui.forms import StepCards, date_input

NOTE_LIMIT = 1000


class ShareForm(forms.Form):
    """Nothing is chosen beforehand but the least: the picture, its table and the priorities."""

    audience = forms.ChoiceField(label=gettext_lazy("Who should see it?"))
    with_priorities = forms.BooleanField(
        label=gettext_lazy("The priorities"),
        help_text=gettext_lazy("What comes first, why now, and what happens next."),
        required=False,
        initial=True,
    )
    with_reasons = forms.BooleanField(
        label=gettext_lazy("The team’s reasons"),
        help_text=gettext_lazy(
            "As they were written in the meeting. Read them again with these readers in mind."
        ),
        required=False,
    )
    with_change = forms.BooleanField(
        label=gettext_lazy("What has changed since"),
        help_text=gettext_lazy("Only compared with an earlier round that the same readers can see."),
        required=False,
        initial=True,
    )
    may_be_asked = forms.BooleanField(
        label=gettext_lazy("Others may ask us"),
        help_text=gettext_lazy(
            "A district or network may write to our leads when another school is working on something we "
            "have earned."
        ),
        required=False,
    )
    may_be_cited = forms.BooleanField(
        label=gettext_lazy("Others may cite it"),
        help_text=gettext_lazy(
            "A district or network may use a standing as evidence in its own journey for as long as we share "
            "it. Anyone who sees that journey sees this standing."
        ),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("A note to your readers"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=NOTE_LIMIT,
        required=False,
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Open until"),
        help_text=gettext_lazy(
            "A link always ends, after a year at most. For everyone else, you can leave this empty."
        ),
        widget=date_input(),
        required=False,
    )
    passcode = forms.CharField(
        label=gettext_lazy("Passcode for the link"),
        help_text=gettext_lazy(
            "Six characters or more. Send it separately from the link. You will not see it again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        max_length=PASSCODE_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, outside: bool, ties: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["audience"]
        field.widget = StepCards(about=_about(ties))
        field.choices = audiences(outside, ties)  # type: ignore[attr-defined]
        if not outside:
            del self.fields["passcode"]
        if not ties:
            del self.fields["may_be_asked"], self.fields["may_be_cited"]

    def offer(self) -> Offer:
        """What the form says, for the verb."""
        said = self.cleaned_data
        audience, _colon, to = said["audience"].partition(":")
        return Offer(
            audience=audience,
            to=UUID(to) if to else None,
            with_priorities=said["with_priorities"],
            with_reasons=said["with_reasons"],
            with_change=said["with_change"],
            may_be_asked=said.get("may_be_asked", False),
            may_be_cited=said.get("may_be_cited", False),
            note=said["note"],
            ends_on=said["ends_on"],
            passcode=said.get("passcode", ""),
        )


def audiences(outside: bool, ties: Sequence[Organisation]) -> list[tuple[str, str]]:
    """Who can be chosen: inside always; districts, networks and links by those who may share outside."""
    found = [
        (Audience.STAFF.value, _("Our staff")),
        (Audience.BOARD.value, _("Our board")),
        (Audience.PEOPLE.value, _("All our people")),
    ]
    if outside:
        found += [(f"{Audience.ORGANISATION.value}:{each.pk}", each.name) for each in ties]
        found.append((Audience.LINK.value, _("Anyone with the link")))
    return found


def _about(ties: Sequence[Organisation]) -> dict[str, str]:
    told = {
        Audience.STAFF.value: _("Leads, the leadership team, educators and registrars."),
        Audience.BOARD.value: _("Board members who have an account here."),
        Audience.PEOPLE.value: _("Everyone who belongs here: learners, families and community members too."),
        Audience.LINK.value: _("No account is needed. The link ends, and you can withdraw it at any time."),
    }
    for each in ties:
        told[f"{Audience.ORGANISATION.value}:{each.pk}"] = _(
            "Its leads, its team and its board, for as long as you are connected."
        )
    return told
