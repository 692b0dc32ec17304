"""What waits beside rounds: priorities, evidence that is due for a check, questions of other organisations."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.desk import Desk
from throughline.home.waiting import Waiting, named, source
from throughline.journeys.models import Priority, Round
from throughline.journeys.versions import item_now
from throughline.journeys.words import address
from throughline.kit import clock
from throughline.kit.prepared import prepared
from throughline.records.models import Citation, Evidence, Standing
from throughline.schools.models import Affiliation
from throughline.schools.policy import keeps
from throughline.ui.times import day_in_words

SOON = timedelta(days=10)
SHOWN = 3


@source
def next_steps(desk: Desk) -> list[Waiting]:
    """Next steps that are due soon, and priorities that have none, for those who lead them."""
    journeys = {each.pk: each for each in desk.journeys if each.has_met}  # type: ignore[attr-defined]
    found = []
    for row in _led(tuple(desk.by_organisation), tuple(desk.memberships), tuple(journeys)):
        journey = journeys[row.journey_id]
        seat = desk.seat_for(journey)
        now = item_now(desk.framework(journey), row.round.framework_version_id, row.competency_id)
        said = _next_step(row, now.name) if now else None
        if said:
            href = address(seat, "priority", round_id=row.round_id, competency_id=row.competency_id)
            title, detail, action, weight = said
            found.append(
                Waiting(title, detail, seat.organisation.name, weight, href, action, due=row.next_step_on)
            )
    return found


@prepared
def _led(
    organisations: tuple[UUID, ...], memberships: tuple[UUID, ...], journeys: tuple[UUID, ...]
) -> QuerySet[Priority]:
    """What was chosen when the latest of a journey's closed rounds that chose anything ended, where they lead it."""
    chosen = Priority.objects.filter(dropped_at__isnull=True, round__state=Round.State.CLOSED)
    later = chosen.filter(
        organisation=OuterRef("organisation"),
        journey=OuterRef("journey"),
        round__number__gt=OuterRef("round__number"),
    )
    return (
        chosen.filter(
            ~Exists(later), organisation__in=organisations, journey__in=journeys, lead__in=memberships
        )
        .select_related("round")
        .order_by("round__number", "position")
    )


def _next_step(row: Priority, name: str) -> tuple[str, str, str, int] | None:
    if not row.next_step or row.next_step_on is None:
        detail = _("You lead this priority. One small step with a date is enough.")
        return (
            named(_("{competency} has no next step yet"), competency=name),
            detail,
            _("Add a next step"),
            55,
        )
    today = clock.today()
    if row.next_step_on > today + SOON:
        return None
    told = {"step": row.next_step, "date": day_in_words(row.next_step_on)}
    if row.next_step_on < today:
        detail = _("You planned this for %(date)s: %(step)s") % told
        return (
            named(_("{competency}: did it happen?"), competency=name),
            detail,
            _("Update the next step"),
            75,
        )
    detail = _("You planned this for %(date)s: %(step)s") % told
    return (
        named(_("{competency}: your next step is coming up"), competency=name),
        detail,
        _("Look at the priority"),
        65,
    )


@source
def aged_evidence(desk: Desk) -> list[Waiting]:
    """Evidence that this person brought and whose date has passed: what a standing rests on, and what is made of the plan."""
    by_organisation: dict[UUID, list[Evidence]] = {}
    for row in _aged_evidence(tuple(desk.by_organisation), tuple(desk.memberships), clock.today()):
        by_organisation.setdefault(row.organisation_id, []).append(row)
    return [_aged(desk, key, pieces) for key, pieces in by_organisation.items()]


@prepared
def _aged_evidence(
    organisations: tuple[UUID, ...], memberships: tuple[UUID, ...], today: date
) -> QuerySet[Evidence]:
    held_up = Standing.objects.filter(
        organisation=OuterRef("organisation"),
        record=OuterRef("decision__record"),
        competency=OuterRef("decision__competency"),
        decision=OuterRef("decision"),
    )
    cited = Citation.objects.filter(organisation=OuterRef("organisation"), evidence=OuterRef("pk"))
    return (
        Evidence.objects.filter(
            Exists(cited.filter(Exists(held_up))) | Q(kind__in=[Evidence.Kind.PLANNED, Evidence.Kind.HEARD]),
            organisation__in=organisations,
            brought_by__in=memberships,
            withdrawn_at__isnull=True,
            recheck_on__lte=today,
        )
        .only("id", "title", "organisation_id", "recheck_on")
        .order_by("recheck_on", "id")
    )


def _aged(desk: Desk, organisation_id: UUID, pieces: list[Evidence]) -> Waiting:
    seat, first = desk.by_organisation[organisation_id], pieces[0]
    more = len(pieces) - 1
    detail = _("You added it and asked to check it again by %(date)s. Does it still hold?") % {
        "date": day_in_words(first.recheck_on or clock.today())
    }
    if more:
        other = ngettext(
            "%(count)s other piece you added is due for a check too.",
            "%(count)s other pieces you added are due for a check too.",
            more,
        )
        detail = f"{detail} {other % {'count': more}}"
    return Waiting(
        title=named(_("“{title}” is due for a check"), title=first.title),
        detail=detail,
        organisation=seat.organisation.name,
        weight=40,
        href=reverse("records:evidence", kwargs={"school": seat.organisation.slug, "evidence_id": first.pk}),
        action=_("Check it"),
        minutes=5,
        due=first.recheck_on,
    )


@source
def sheets_to_key_in(desk: Desk) -> list[Waiting]:
    """Paper sheets that wait for whoever was named to key them in, as long as some are out."""
    return [
        Waiting(
            title=named(_("{journey}: paper sheets to enter"), journey=held.journey.name),
            detail=_("You were asked to enter them. Each sheet takes about five minutes."),
            organisation=desk.seat_for(held.journey).organisation.name,
            weight=70,
            href=address(desk.seat_for(held.journey), "key-in", round_id=held.pk),
            action=_("Enter sheets"),
            due=held.due_on,
        )
        for held in desk.sheets_out
    ]


@source
def questions_of_others(desk: Desk) -> list[Waiting]:
    """Organisations that ask to be tied to one that this person looks after."""
    kept = {seat.organisation.pk: seat for seat in desk.seats if keeps(seat.membership)}
    if not kept:
        return []
    found = []
    for tie in _asked_of(tuple(kept)):
        seat = kept[tie.to_id if tie.asked_by_member else tie.organisation_id]
        other = tie.organisation if tie.asked_by_member else tie.to
        sentence = (
            _("{other} asks to join you") if tie.asked_by_member else _("{other} invites you to join it")
        )
        found.append(
            Waiting(
                title=named(sentence, other=other.name),
                detail=_(
                    "Joining gives neither side access to anything; each still decides what it shares. You can leave at any time."
                ),
                organisation=seat.organisation.name,
                weight=58,
                href=reverse("schools:affiliations", kwargs={"school": seat.organisation.slug}),
                action=_("Answer"),
                minutes=1,
            )
        )
    return found


@prepared
def _asked_of(organisations: tuple[UUID, ...]) -> QuerySet[Affiliation]:
    asked = Q(organisation__in=organisations, asked_by_member=False)
    asked |= Q(to__in=organisations, asked_by_member=True)
    ties = Affiliation.objects.filter(asked, agreed_at__isnull=True, ended_at__isnull=True)
    return ties.select_related("organisation", "to").order_by("asked_at")
