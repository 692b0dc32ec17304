"""Prepare a round, open it, change who is awaited, and open the spread."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.activity.actions import record as log
from throughline.frameworks.tree import tree
from throughline.journeys.letters import ask_to_rate
from throughline.journeys.models import Rater, Round, RoundItem
from throughline.journeys.policy import Place, may_run
from throughline.journeys.queries import progress_of
from throughline.kit import clock
from throughline.schools.models import Membership

ENOUGH_WITHOUT_STRAGGLERS = 3
OPEN_TEAM = 2


def held_round(round_id: UUID, *states: str) -> Round:
    """The round, held until the transaction ends. Raises `ValidationError` when it has moved on from these states."""
    held = Round.objects.select_for_update(of=("self",)).select_related("journey__record").get(pk=round_id)
    if states and held.state not in states:
        raise ValidationError(_("The round has moved on meanwhile. Look at where it is now."))
    return held


def log_round(verb: str, held: Round, place: Place, **detail: object) -> None:
    """One line of the log about a round; never about what anybody rated."""
    log(
        verb,
        organisation_id=held.organisation_id,
        actor_id=place.seat.membership.id,
        actor_name=place.seat.membership.name,
        subject=held,
        journey=place.journey.name,
        number=held.number,
        **detail,
    )


@transaction.atomic
def prepare_round(
    *,
    place: Place,
    competencies: Collection[UUID],
    raters: Mapping[UUID, Iterable[str]] | Iterable[Membership],
    names_shown: bool = False,
    due_on: date | None = None,
) -> Round:
    """Draft a round: which competencies, who rates (and which domains each), by when, whether names will show.

    `raters` is members, or membership ids with the ids of the domains each is asked (empty: everything).
    """
    may_run(place).enforce()
    journey = place.journey
    asked = (
        {each: list(domains) for each, domains in raters.items()}
        if isinstance(raters, Mapping)
        else {m.id: [] for m in raters}
    )
    wanted = [
        each.id for each in tree(journey.record.version_id).competencies if each.id in set(competencies)
    ]
    errors = {}
    if not wanted:
        errors["competencies"] = _("Choose at least one competency.")
    if not asked:
        errors["raters"] = _("Choose at least one person who rates.")
    if due_on and due_on < clock.today():
        errors["due_on"] = _("This date lies in the past.")
    if errors:
        raise ValidationError(errors)
    rounds = Round.objects.filter(organisation=journey.organisation_id, journey=journey)
    if rounds.exclude(state=Round.State.CLOSED).exists():
        raise ValidationError(_("Another round is still going on. Close it, or delete its draft, first."))
    held = Round.objects.create(
        organisation_id=journey.organisation_id,
        journey=journey,
        number=(rounds.aggregate(last=Max("number"))["last"] or 0) + 1,
        names_shown=names_shown or len(asked) <= OPEN_TEAM,
        due_on=due_on,
        made_by=place.seat.membership,
        made_at=clock.now(),
    )
    RoundItem.objects.bulk_create(
        RoundItem(organisation_id=held.organisation_id, round=held, competency_id=each, position=position)
        for position, each in enumerate(wanted)
    )
    _add(held, place, asked)
    log_round("round.prepared", held, place)
    return held


def _add(held: Round, place: Place, asked: Mapping[UUID, list[str]]) -> None:
    team = set(
        place.journey.team.filter(left_at__isnull=True, is_rater=True).values_list("membership_id", flat=True)
    )
    if not set(asked) <= team:
        raise ValidationError({"raters": _("Only raters of this journey’s team can be asked to rate.")})
    known = {str(domain.id) for domain in tree(place.journey.record.version_id).domains}
    Rater.objects.bulk_create(
        Rater(
            organisation_id=held.organisation_id,
            round=held,
            membership_id=each,
            domains=[domain for domain in domains if domain in known],
        )
        for each, domains in asked.items()
    )


@transaction.atomic
def open_round(*, place: Place, round_id: UUID) -> Round:
    """Ask everyone to rate. From here on whether names show is fixed."""
    may_run(place).enforce()
    held = held_round(round_id, Round.State.DRAFT)
    held.state, held.opened_at = Round.State.RATING, clock.now()
    held.version += 1
    held.save(update_fields=["state", "opened_at", "version"])
    raters = Rater.objects.filter(organisation=held.organisation_id, round=held)
    for rater in raters.select_related("membership__person", "membership__organisation"):
        ask_to_rate(held, rater)
    log_round("round.opened", held, place)
    return held


@transaction.atomic
def delete_draft(*, place: Place, round_id: UUID) -> None:
    """Throw away a round that was never opened."""
    may_run(place).enforce()
    held = held_round(round_id, Round.State.DRAFT)
    log_round("round.draft-deleted", held, place)
    held.delete()


@transaction.atomic
def change_due_date(*, place: Place, round_id: UUID, due_on: date | None) -> Round:
    """Give people more (or less) time to rate."""
    may_run(place).enforce()
    held = held_round(round_id, Round.State.DRAFT, Round.State.RATING)
    if due_on and due_on < clock.today():
        raise ValidationError({"due_on": _("This date lies in the past.")})
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    log_round("round.due-date-changed", held, place)
    return held


@transaction.atomic
def add_rater(*, place: Place, round_id: UUID, membership: Membership) -> Rater:
    """A late joiner rates too, as long as the spread is not open."""
    may_run(place).enforce()
    held = held_round(round_id, Round.State.DRAFT, Round.State.RATING)
    raters = Rater.objects.filter(organisation=held.organisation_id, round=held)
    if raters.filter(membership=membership).exists():
        raters.filter(membership=membership).update(absent_at=None)
        return raters.get(membership=membership)
    _add(held, place, {membership.id: []})
    rater = raters.select_related("membership__person", "membership__organisation").get(membership=membership)
    if held.state == Round.State.RATING:
        ask_to_rate(held, rater)
    log_round("round.rater-added", held, place)
    return rater


@transaction.atomic
def excuse_rater(*, place: Place, round_id: UUID, membership: Membership) -> None:
    """Wait no longer for someone who is away. What they have rated so far counts, and until the spread opens they may rate."""
    may_run(place).enforce()
    held = held_round(round_id, Round.State.DRAFT, Round.State.RATING)
    Rater.objects.filter(organisation=held.organisation_id, round=held, membership=membership).update(
        absent_at=clock.now()
    )
    log_round("round.rater-excused", held, place)


@transaction.atomic
def open_spread(*, place: Place, round_id: UUID) -> Round:
    """End rating and show how people see it. Without stragglers only once three raters have finished."""
    may_run(place).enforce()
    # Holding every rater's row waits for ratings under way: each of them holds its own (`rating.rate`).
    list(Rater.objects.select_for_update().filter(round=round_id).values_list("pk", flat=True))
    held = held_round(round_id, Round.State.RATING)
    progress = progress_of(held, tree(held.journey.record.version_id))
    if not progress.all_finished and progress.finished < ENOUGH_WITHOUT_STRAGGLERS:
        raise ValidationError(
            _(
                "Wait until everyone has finished, or until at least three have: otherwise it is plain who said what."
            )
        )
    if progress.finished == 0:
        raise ValidationError(_("Nobody has finished rating yet."))
    held.state, held.spread_opened_at = Round.State.AGREEING, clock.now()
    held.version += 1
    held.save(update_fields=["state", "spread_opened_at", "version"])
    log_round("round.spread-opened", held, place)
    return held
