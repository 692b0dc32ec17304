"""Prepare a round, open it, change who is awaited, and open the spread."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.letters import ask_to_rate, tell_of_notes
from throughline.journeys.locks import held_round, hold_journey, hold_raters, log_round
from throughline.journeys.models import Rater, Round, RoundItem
from throughline.journeys.paper.sheet_making import make_sheets
from throughline.journeys.policy import Place, may_run
from throughline.journeys.queries import progress_of, raters_on_team, spread_may_open
from throughline.journeys.spread.queries import OPEN_TEAM
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.schools.models import Membership


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
    if wrong := _wrong_due_date(due_on):
        errors["due_on"] = wrong
    if errors:
        raise ValidationError(errors)
    hold_journey(place)
    rounds = Round.objects.filter(organisation=journey.organisation_id, journey=journey)
    if rounds.exclude(state=Round.State.CLOSED).exists():
        raise ValidationError(_("Another round is still open. Close it, or delete its draft, first."))
    held = Round.objects.create(
        organisation_id=journey.organisation_id,
        journey=journey,
        framework_version_id=journey.record.version_id,
        number=(rounds.aggregate(last=Max("number"))["last"] or 0) + 1,
        names_shown=names_shown,
        due_on=due_on,
        made_by=place.seat.membership,
        made_at=clock.now(),
    )
    RoundItem.objects.bulk_create(
        RoundItem(organisation_id=held.organisation_id, round=held, competency_id=each, position=position)
        for position, each in enumerate(wanted)
    )
    _add(held, place, asked, wanted)
    log_round("round.prepared", held, place)
    return held


def _add(held: Round, place: Place, asked: Mapping[UUID, list[str]], competencies: Collection[UUID]) -> None:
    team = set(raters_on_team(place.journey).values_list("membership_id", flat=True))
    if not set(asked) <= team:
        raise ValidationError({"raters": _("Only raters of this journey’s team can be asked to rate.")})
    here = {
        str(domain.id)
        for domain in tree(held.framework_version_id).domains
        if any(each.id in competencies for each in domain.competencies)
    }
    if any(domains and not here.intersection(domains) for domains in asked.values()):
        raise ValidationError({"raters": _("Every rater needs at least one competency in this round.")})
    Rater.objects.bulk_create(
        Rater(
            organisation_id=held.organisation_id,
            round=held,
            membership_id=each,
            domains=[domain for domain in domains if domain in here],
        )
        for each, domains in asked.items()
    )


@transaction.atomic
def open_round(*, place: Place, round_id: UUID) -> Round:
    """Ask everyone who is still on the team to rate. From here on whether names show is fixed: one or two rate openly."""
    may_run(place).enforce()
    hold_journey(place)
    held = held_round(place, round_id, Round.State.DRAFT)
    rows = Rater.objects.filter(organisation=held.organisation_id, round=held)
    rows.exclude(membership__in=raters_on_team(place.journey).values("membership")).delete()
    raters = list(rows.select_related("membership__person", "membership__organisation"))
    if not raters:
        raise ValidationError({"raters": _("Choose at least one person who rates.")})
    held.state, held.opened_at = Round.State.RATING, clock.now()
    held.names_shown = held.names_shown or len(raters) <= OPEN_TEAM
    held.version += 1
    held.save(update_fields=["state", "opened_at", "names_shown", "version"])
    make_sheets(held)
    ask_to_rate(held, [rater for rater in raters if rater.absent_at is None])
    tell_of_notes(held)
    log_round("round.opened", held, place)
    return held


@transaction.atomic
def choose_names(*, place: Place, round_id: UUID, shown: bool) -> Round:
    """Choose whether names will show. Only while nobody has been asked: everyone knows it before they rate."""
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.DRAFT)
    if held.names_shown != shown:
        held.names_shown = shown
        held.save(update_fields=["names_shown"])
        log_round("round.names-chosen", held, place)
    return held


@transaction.atomic
def delete_draft(*, place: Place, round_id: UUID) -> None:
    """Throw away a round that was never opened."""
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.DRAFT)
    log_round("round.draft-deleted", held, place)
    held.delete()


def _wrong_due_date(due_on: date | None) -> str:
    return _("This date is in the past.") if due_on and due_on < clock.today() else slip_in(due_on)


@transaction.atomic
def change_due_date(*, place: Place, round_id: UUID, due_on: date | None) -> Round:
    """Give people more (or less) time to rate."""
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.DRAFT, Round.State.RATING)
    if wrong := _wrong_due_date(due_on):
        raise ValidationError({"due_on": wrong})
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    log_round("round.due-date-changed", held, place)
    return held


@transaction.atomic
def add_rater(*, place: Place, round_id: UUID, membership: Membership, on_paper: bool = False) -> Rater:
    """A late joiner rates too, on screen or on paper, as long as the spread is not open."""
    may_run(place).enforce()
    hold_journey(place)
    held = held_round(place, round_id, Round.State.DRAFT, Round.State.RATING)
    raters = Rater.objects.filter(organisation=held.organisation_id, round=held)
    if not raters_on_team(place.journey).filter(membership=membership).exists():
        raise ValidationError({"raters": _("Only raters of this journey’s team can be asked to rate.")})
    if raters.filter(membership=membership).exists():
        if raters.filter(membership=membership, absent_at__isnull=False).update(absent_at=None):
            log_round("round.rater-added", held, place)
        return raters.get(membership=membership)
    _add(held, place, {membership.id: []}, set(held.items.values_list("competency_id", flat=True)))
    raters.filter(membership=membership).update(on_paper=on_paper)
    if on_paper and held.state == Round.State.RATING:
        make_sheets(held)
    rater = raters.select_related("membership__person", "membership__organisation").get(membership=membership)
    if held.state == Round.State.RATING:
        ask_to_rate(held, [rater])
    log_round("round.rater-added", held, place)
    return rater


@transaction.atomic
def excuse_rater(*, place: Place, round_id: UUID, membership: Membership) -> None:
    """Wait no longer for someone who is away. What they have rated so far counts, and until the spread opens they may rate."""
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.DRAFT, Round.State.RATING)
    raters = Rater.objects.filter(organisation=held.organisation_id, round=held, membership=membership)
    if raters.filter(absent_at__isnull=True).update(absent_at=clock.now()):
        log_round("round.rater-excused", held, place)


@transaction.atomic
def open_spread(*, place: Place, round_id: UUID) -> Round:
    """End rating and show how people see it. Without stragglers only once three raters have finished."""
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.RATING)
    hold_raters(held)
    progress = progress_of(held, tree(held.framework_version_id))
    allowed = spread_may_open(progress)
    if not allowed:
        raise ValidationError(str(allowed.reason))
    held.state, held.spread_opened_at = Round.State.AGREEING, clock.now()
    held.version += 1
    held.save(update_fields=["state", "spread_opened_at", "version"])
    log_round("round.spread-opened", held, place)
    return held
