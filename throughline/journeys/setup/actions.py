"""Start a journey, change its team, put it away."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.locks import hold_journey
from throughline.journeys.models import Journey, Rater, Round, TeamMember
from throughline.journeys.policy import Place, may_keep, may_run, may_start
from throughline.journeys.queries import raters_on_team
from throughline.kit import clock
from throughline.kit.text import clean_line
from throughline.records.actions import lock_record, open_record
from throughline.schools.log import note
from throughline.schools.models import Group, Membership
from throughline.schools.tenant import Seat

MOST_RATERS = 300


@dataclass(frozen=True, slots=True)
class Part:
    """What someone is on a team: rater, decider, or both."""

    membership: Membership
    is_rater: bool = True
    is_decider: bool = True


@transaction.atomic
def start_journey(
    *, name: str, version: FrameworkVersion, team: Iterable[Part], by: Seat, group: Group | None = None
) -> Journey:
    """Start the journey of the organisation itself, or of one of its groups, with a team.

    Raises `ValidationError` without a name or a rater, or when this holder already has a journey on this framework.
    """
    may_start(by, for_group=group is not None).enforce()
    if not clean_line(name):
        raise ValidationError({"name": _("Give the journey a name that everyone will recognize.")})
    if version.framework.owner_id not in (None, by.organisation.id):
        raise ValidationError({"version": _("Choose one of the frameworks that your organization can use.")})
    record = open_record(version=version, by=by.membership, group=group)
    lock_record(record.id)
    if Journey.objects.filter(organisation=by.organisation, record=record).exists():
        raise ValidationError(_("There’s already a journey with this framework. Open that one instead."))
    journey = Journey.objects.create(
        organisation=by.organisation,
        record=record,
        name=clean_line(name),
        started_by=by.membership,
        started_at=clock.now(),
    )
    _put_team(journey, list(team))
    _log("journey.started", journey, by)
    return journey


@transaction.atomic
def change_team(*, place: Place, team: Iterable[Part]) -> None:
    """The team is these people from now on. Whoever is left out leaves a round that is only drafted; in one that is
    open already nobody waits for them any more, and what they have rated so far counts."""
    may_run(place).enforce()
    hold_journey(place)
    parts = list(team)
    kept = {part.membership.id for part in parts}
    TeamMember.objects.filter(
        organisation=place.journey.organisation_id, journey=place.journey, left_at__isnull=True
    ).exclude(membership__in=kept).update(left_at=clock.now())
    _put_team(place.journey, parts)
    _leave_rounds(place.journey)
    _log("journey.team-changed", place.journey, place.seat, people=len(parts))


@transaction.atomic
def rename_journey(*, place: Place, name: str) -> Journey:
    """Give a journey another name."""
    may_keep(place).enforce()
    if not clean_line(name):
        raise ValidationError({"name": _("Give the journey a name that everyone will recognize.")})
    Journey.objects.filter(pk=place.journey.pk).update(name=clean_line(name))
    _log("journey.renamed", place.journey, place.seat)
    return place.journey


@transaction.atomic
def put_away(*, place: Place) -> Journey:
    """Nothing more is asked on this journey; what it found stays readable. Not while a round is going on."""
    may_keep(place).enforce()
    hold_journey(place)
    going = Round.objects.filter(organisation=place.journey.organisation_id, journey=place.journey)
    if going.exclude(state=Round.State.CLOSED).exists():
        raise ValidationError(
            _("A round is under way. Close it, or delete its draft, before you archive the journey.")
        )
    return _set_aside(place, "journey.put-away", archived=True)


@transaction.atomic
def take_up_journey(*, place: Place) -> Journey:
    """Go on with a journey that was put away."""
    may_keep(place).enforce()
    hold_journey(place)
    return _set_aside(place, "journey.taken-up", archived=False)


def _set_aside(place: Place, verb: str, *, archived: bool) -> Journey:
    other = Journey.objects.filter(pk=place.journey.pk, archived_at__isnull=archived)
    if other.update(archived_at=clock.now() if archived else None):
        _log(verb, place.journey, place.seat)
    return place.journey


def _leave_rounds(journey: Journey) -> None:
    gone = Rater.objects.filter(
        organisation=journey.organisation_id, round__journey=journey, membership__isnull=False
    ).exclude(membership__in=raters_on_team(journey).values("membership"))
    gone.filter(round__state=Round.State.DRAFT).delete()
    gone.filter(round__state=Round.State.RATING, absent_at__isnull=True).update(absent_at=clock.now())


def _put_team(journey: Journey, parts: list[Part]) -> None:
    if not any(part.is_rater for part in parts):
        raise ValidationError({"team": _("A team needs at least one person who rates.")})
    if not any(part.is_decider for part in parts):
        raise ValidationError({"team": _("A team needs at least one person who decides.")})
    if sum(part.is_rater for part in parts) > MOST_RATERS:
        raise ValidationError({"team": _("A team has at most 300 raters.")})
    for part in parts:
        if part.membership.organisation_id != journey.organisation_id or part.membership.left_at:
            raise ValidationError(
                {"team": _("Only people who belong to this organization can be on the team.")}
            )
        TeamMember.objects.update_or_create(
            organisation_id=journey.organisation_id,
            journey=journey,
            membership=part.membership,
            defaults={"is_rater": part.is_rater, "is_decider": part.is_decider, "left_at": None},
            create_defaults={
                "is_rater": part.is_rater,
                "is_decider": part.is_decider,
                "joined_at": clock.now(),
            },
        )


def _log(verb: str, journey: Journey, by: Seat, **detail: object) -> None:
    note(verb, by=by.membership, subject=journey, name=journey.name, **detail)
