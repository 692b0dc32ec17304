"""Rounds, scopes and standings in words: whole sentences for translators."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.journeys.models import Journey, Round, RoundItem
from throughline.kit.addresses import addresses as addresses_of
from throughline.schools.models import Group, Organisation
from throughline.schools.tenant import Seat

_TITLES = {
    1: gettext_lazy("Pre-assessment"),
    2: gettext_lazy("Second round"),
    3: gettext_lazy("Third round"),
    4: gettext_lazy("Fourth round"),
    5: gettext_lazy("Fifth round"),
    6: gettext_lazy("Sixth round"),
    7: gettext_lazy("Seventh round"),
    8: gettext_lazy("Eighth round"),
    9: gettext_lazy("Ninth round"),
    10: gettext_lazy("Tenth round"),
}
_STATES = {
    Round.State.DRAFT.value: gettext_lazy("%(round)s: draft"),
    Round.State.RATING.value: gettext_lazy("%(round)s: everyone is rating"),
    Round.State.AGREEING.value: gettext_lazy("%(round)s: the team is agreeing"),
    Round.State.CLOSED.value: gettext_lazy("%(round)s: closed"),
}
_OUTCOMES = {
    RoundItem.State.OPEN.value: gettext_lazy("to talk about"),
    RoundItem.State.AGREED.value: gettext_lazy("agreed"),
    RoundItem.State.LEFT_OPEN.value: gettext_lazy("left open"),
    RoundItem.State.DEFERRED.value: gettext_lazy("left for later"),
}


def address(seat: Seat, name: str, **kwargs: object) -> str:
    """The address of a page of this room, in the organisation of `seat`."""
    return reverse(f"journeys:{name}", kwargs={"school": seat.organisation.slug, **kwargs})


def addresses(seat: Seat, name: str, of: str = "competency_id", **kwargs: object) -> Callable[[UUID], str]:
    """The address of such a page for any competency (or what else is given as `of`), worked out once for a whole list."""
    return addresses_of(f"journeys:{name}", of, school=seat.organisation.slug, **kwargs)


def round_title(number: int) -> str:
    """What a round is called: the first is the pre-assessment, every later one a reference point."""
    return str(_TITLES[number]) if number in _TITLES else _("Round %(number)s") % {"number": number}


def round_told(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The round that an event of the log is about, by its name."""
    return {"round": round_title(detail["number"])} if "number" in detail else {}


def eyebrow(journey: Journey, number: int) -> str:
    """What a page belongs to: the journey, kept apart from the words around it, and the round if there is one."""
    name = f"\u2068{journey.name}\u2069"
    return _("%(journey)s · %(round)s") % {"journey": name, "round": round_title(number)} if number else name


def scope_in_words(journey: Journey) -> str:
    """Whose journey it is."""
    group = journey.record.group
    if group is None:
        return {
            Organisation.Kind.SCHOOL.value: _("The whole school"),
            Organisation.Kind.DISTRICT.value: _("The whole district"),
            Organisation.Kind.NETWORK.value: _("The whole network"),
        }[journey.organisation.kind]
    sentence = {
        Group.Kind.SUBJECT.value: _("Subject area: %(name)s"),
        Group.Kind.CLASSROOM.value: _("Classroom: %(name)s"),
        Group.Kind.TEAM.value: _("Team: %(name)s"),
    }[group.kind]
    return sentence % {"name": group.name}


def state_in_words(state: str, number: int) -> str:
    """Where a round is."""
    return str(_STATES[state]) % {"round": round_title(number)}


def outcome_in_words(state: str) -> str:
    """What became of one competency in the meeting."""
    return str(_OUTCOMES[str(state)])


def counts_in_words(foundational: tuple[int, int], advanced: tuple[int, int]) -> str:
    """How much is earned, level by level; a level of which nothing counts is left out."""
    said = []
    if foundational[1]:
        said.append(
            _("%(earned)s of %(counted)s foundational earned")
            % {"earned": foundational[0], "counted": foundational[1]}
        )
    if advanced[1]:
        said.append(
            _("%(earned)s of %(counted)s advanced earned") % {"earned": advanced[0], "counted": advanced[1]}
        )
    return " · ".join(said)


def finished_in_words(finished: int, awaited: int) -> str:
    """How many have finished rating; never who."""
    if awaited and finished >= awaited:
        return _("Everyone has finished rating.")
    return ngettext(
        "%(finished)s of %(awaited)s person has finished rating.",
        "%(finished)s of %(awaited)s people have finished rating.",
        awaited,
    ) % {"finished": finished, "awaited": awaited}


def left_in_words(left: int, minutes: int) -> str:
    """What someone has still to rate, and how long that takes."""
    return ngettext(
        "You have %(left)s competency left, about %(minutes)s minutes.",
        "You have %(left)s competencies left, about %(minutes)s minutes.",
        left,
    ) % {"left": left, "minutes": minutes}


def step_words(competency: CompetencyItem, framework: Tree, step: int) -> str:
    """How a step is described for a competency; what the step means in general where nothing is written."""
    return (
        competency.steps[step - 1] if len(competency.steps) >= step else framework.step_labels[step - 1].hint
    )
