"""Who may do what on a journey. A `Place` is a person's part in one journey: every rule starts from it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from throughline.journeys.models import Journey, Round, TeamMember
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.records.policy import also_visible
from throughline.schools.models import Role
from throughline.schools.tenant import Seat

RUNNERS = (Role.LEAD, Role.DISTRICT_LEAD, Role.NETWORK_STAFF)


@dataclass(frozen=True, slots=True)
class Place:
    """Someone's part in one journey. `member` is None for those who may look at it without being on its team."""

    seat: Seat
    journey: Journey
    member: TeamMember | None

    @property
    def runs(self) -> bool:
        """Leads of the organisation and whoever started the journey run it: team, rounds, closing."""
        started = self.journey.started_by_id == self.seat.membership.id
        return self._here and (self.seat.has(*RUNNERS) or started)

    @property
    def decides(self) -> bool:
        """Deciders agree on steps and standings, with equal weight whoever they are."""
        if self.member is None or self.member.membership_id != self.seat.membership.id:
            return False
        return self._here and self.member.is_decider

    @property
    def _here(self) -> bool:
        return self.journey.organisation_id == self.seat.organisation.id


def may_start(seat: Seat, *, for_group: bool) -> Verdict:
    """Leads and the leadership team start any journey; an educator starts one for a group without waiting."""
    if seat.has(*RUNNERS, Role.TEAM):
        return ALLOWED
    if for_group and seat.has(Role.EDUCATOR):
        return ALLOWED
    return refuse(
        _(
            "A journey lead or the leadership team can start a journey. For a class or subject, an educator can too."
        )
    )


def may_run(place: Place) -> Verdict:
    """Change the team, prepare, open and close rounds, choose priorities."""
    if place.journey.archived_at:
        return refuse(_("This journey is archived. Bring it back first."))
    return may_keep(place)


def may_keep(place: Place) -> Verdict:
    """Rename a journey, put it away and take it up again."""
    if place.runs:
        return ALLOWED
    return refuse(_("Only a journey lead or the person who started this journey can do this."))


def may_decide(place: Place) -> Verdict:
    """Agree, leave open, defer."""
    if place.decides:
        return ALLOWED
    return refuse(
        _("Only deciders on this journey’s team agree on standings. The journey lead can make you one.")
    )


def may_lead_talk(place: Place) -> Verdict:
    """Lead a meeting: its agenda, where those who follow look, rating again after talking."""
    if place.decides or may_run(place):
        return ALLOWED
    return refuse(
        _("Only a decider on this journey’s team or the person running the journey can lead the discussion.")
    )


def may_be_rated_again(held: Round) -> Verdict:
    """Only while it is known whose first answer is whose: not in a round that was closed before and opened again."""
    if held.untied_at is None:
        return ALLOWED
    return refuse(
        _(
            "This round was closed before, so first ratings are no longer linked to anyone and can’t be rated again."
        )
    )


def may_leave_note(place: Place) -> Verdict:
    """Leave a note for the next round, and read one's own when it opens."""
    mine = place.member is not None and place.member.membership_id == place.seat.membership.id
    if mine and place.journey.organisation_id == place.seat.organisation.id:
        return ALLOWED
    return refuse(_("Only people on this journey’s team can leave notes."))


def may_see_spread(place: Place) -> Verdict:
    """How the team rated, and what it says while agreeing, is the team's own; others see what a round comes to."""
    if place.member is not None or place.runs:
        return ALLOWED
    return refuse(_("Only the team sees how it rated. What it agrees on is on the round’s page."))


def may_choose_priorities(place: Place) -> Verdict:
    """Deciders and those who run the journey choose what comes first."""
    return ALLOWED if place.decides or place.runs else may_decide(place)


@also_visible
def records_of_my_journeys(seat: Seat) -> Q:
    """Whoever sits on a journey's team sees its record, be they learner, family or community."""
    mine = TeamMember.objects.filter(
        organisation=seat.organisation, membership=seat.membership, left_at__isnull=True
    )
    return Q(pk__in=mine.values("journey__record"))
