"""The facilitator's page: how long, how many minutes for each line, in which order, what was noted."""

from collections.abc import Container, Mapping, Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.journeys.meeting import agenda
from throughline.journeys.meeting.agenda import LONGEST, SHORTEST, Fact, Line


class MeetingForm(forms.Form):
    """The length; the lines with their minutes and notes are read from the same post (`lines`, `notes`)."""

    length = forms.IntegerField(
        label=gettext_lazy("How long is the meeting, in minutes?"),
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def lines(self, known: Container[str]) -> list[Line]:
        """The lines as they were sent, in their order, each with its minutes; only those whose key is known."""
        data = self.data
        assert isinstance(data, QueryDict)
        found = []
        for key in filter(known.__contains__, dict.fromkeys(data.getlist("line"))):
            minutes = data.get(f"minutes-{key}", "").strip()
            if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
                self.add_error(
                    None, _("Give each line a whole number of minutes; 0 means: if there is time.")
                )
                minutes = "0"
            found.append(Line(key, int(minutes)))
        return found

    def notes(self) -> tuple[dict[UUID, str], dict[UUID, str]]:
        """What was noted about each competency, and what stood there when the page was opened."""
        return _texts(self.data, "note-"), _texts(self.data, "seen-")

    def changed(self, lines: Sequence[Line], facts: Sequence[Fact]) -> list[Line]:
        """The lines after what the pressed button asks for."""
        pressed, _sep, key = str(self.data.get("do", "save")).partition(":")
        if pressed == "earlier":
            return agenda.moved(lines, key, -1)
        if pressed == "later":
            return agenda.moved(lines, key, 1)
        known = {fact.key: fact for fact in facts}
        if pressed == "apart" and key in known:
            return agenda.by_itself(lines, key)
        if pressed == "join" and key in known and known[key].easy:
            return agenda.in_one_go(lines, key)
        if pressed == "share":
            return agenda.shared_anew(lines, facts, self.cleaned_data["length"])
        if pressed == "propose":
            return agenda.propose(facts, self.cleaned_data["length"])
        return list(lines)


def _texts(data: Mapping[str, object], start: str) -> dict[UUID, str]:
    found = {}
    for name in data:
        if name.startswith(start):
            try:
                found[UUID(name.removeprefix(start))] = str(data[name])
            except ValueError:
                continue
    return found
