"""Named reads of professional learning. What they answer about people is counted, or one's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughline.elements.models import Item, ItemKind
from throughline.frameworks.tree import CompetencyItem
from throughline.kit import clock
from throughline.plans.cells import InAll, in_all, shown
from throughline.plans.models import Offering, Reader, Reflection, TakingPart, Teaches, TraitReview
from throughline.plans.policy import may_see_plan
from throughline.plans.professional.policy import is_running, readable
from throughline.plans.sealing import opened
from throughline.plans.serving import served_by_each
from throughline.schools.models import Membership, Organisation
from throughline.schools.tenant import Seat

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Row:
    """An offering as a list shows it. `count` is None below five."""

    offering: Offering
    count: int | None
    mine: bool
    running: bool


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many took part in offerings of a kind, as far as it is shown."""

    label: str
    offerings: int
    told: InAll | None


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months in numbers."""

    kinds: list[KindCount]
    told: InAll | None


def offerings_of(seat: Seat) -> QuerySet[Offering]:
    """The offerings that this person may see, the latest first, each with how many came or signed up (never to be shown raw)."""
    if not may_see_plan(seat):
        return Offering.objects.none()
    return (
        Offering.objects.filter(organisation=seat.organisation)
        .select_related("run_by")
        .annotate(
            came=Count("taking", filter=Q(taking__came=True)),
            expected=Count("taking", filter=Q(taking__came=True) | Q(taking__came__isnull=True)),
            mine=Count("taking", filter=Q(taking__membership=seat.membership)),
        )
        .order_by("-starts_on", "-made_at", "pk")
    )


def _row(offering: Any) -> Row:
    number = offering.came if offering.counted_on else offering.expected
    return Row(offering, shown(number), bool(offering.mine), is_running(offering))


def rows_of(seat: Seat) -> list[Row]:
    """Every offering with its count, where that is five or more. One query."""
    return [_row(each) for each in offerings_of(seat)]


def row_in(seat: Seat, offering_id: UUID) -> Row | None:
    """One offering that this person may see. One query."""
    found = offerings_of(seat).filter(pk=offering_id).first()
    return _row(found) if found else None


def year_of(rows: Iterable[Row]) -> Year:
    """The last twelve months in numbers, made of what the rows show and of nothing else."""
    today = clock.today()
    cells: dict[str, list[int | None]] = defaultdict(list)
    for row in rows:
        began = row.offering.starts_on
        if began and today - YEAR < began <= today:
            cells[row.offering.kind].append(row.count)
    labels = dict(Offering.Kind.choices)
    kinds = [
        KindCount(str(labels[kind]), len(cells[kind]), in_all(cells[kind]))
        for kind in labels
        if kind in cells
    ]
    return Year(kinds, in_all(cell for found in cells.values() for cell in found))


def traits_of(organisation: Organisation) -> list[Item]:
    """The educator competencies of the school's Framework for Mastery Learning, in its order. One query."""
    rows = Item.objects.filter(
        organisation=organisation, kind=ItemKind.EDUCATOR_COMPETENCY, removed_at__isnull=True
    )
    return list(rows.order_by("position", "pk"))


def trait_in(seat: Seat, trait_id: UUID) -> Item | None:
    """An educator competency that this person may see, taken out of the framework since or not. One query."""
    if not may_see_plan(seat):
        return None
    rows = Item.objects.filter(organisation=seat.organisation, kind=ItemKind.EDUCATOR_COMPETENCY)
    return rows.filter(pk=trait_id).first()


def reviews_of(organisation: Organisation) -> dict[UUID, date]:
    """When each educator competency is looked at again. One query."""
    rows = TraitReview.objects.filter(organisation=organisation)
    return dict(rows.values_list("trait", "review_on"))


def taught_by(offering: Offering) -> list[Item]:
    """The educator competencies that an offering is about. One query."""
    rows = Teaches.objects.filter(organisation=offering.organisation_id, offering=offering)
    return [each.trait for each in rows.select_related("trait").order_by("trait__position", "trait")]


def serves(offering: Offering) -> list[CompetencyItem]:
    """The competencies of the journey that it serves. One query."""
    return served_by_each(offering.organisation, "offering", [offering.pk]).get(offering.pk, [])


def people_in(offering: Offering) -> list[TakingPart]:
    """Who takes part, by name, without their words. For whoever `may_see_names`. One query."""
    rows = TakingPart.objects.filter(organisation=offering.organisation_id, offering=offering)
    return list(rows.select_related("membership").defer("sealed").order_by("membership__name", "pk"))


@dataclass(frozen=True, slots=True)
class Practice:
    """What changed in somebody's practice, in their words. `text` is None where the key that sealed it is gone."""

    name: str
    text: str | None


def shared_practice(offering: Offering) -> list[Practice]:
    """What people who are here chose to share about it, by name. One query."""
    rows = TakingPart.objects.filter(
        organisation=offering.organisation_id,
        offering=offering,
        shared=True,
        membership__left_at__isnull=True,
    )
    return [
        Practice(each.membership.name, opened(each.sealed, whose=each.whose))
        for each in rows.select_related("membership").order_by("membership__name", "pk")
        if each.sealed
    ]


@dataclass(frozen=True, slots=True)
class Taken:
    """One's own part in an offering."""

    offering: Offering
    came: bool | None
    text: str | None
    shared: bool


def taken_by(member: Membership, offering_id: UUID | None = None) -> list[Taken]:
    """What this person took part in, the latest first, with their words. Asked for by nobody but them. One query."""
    rows = TakingPart.objects.filter(organisation=member.organisation_id, membership=member)
    if offering_id is not None:
        rows = rows.filter(offering=offering_id)
    return [
        Taken(each.offering, each.came, opened(each.sealed, whose=each.whose), each.shared)
        for each in rows.select_related("offering").order_by("-offering__starts_on", "pk")
    ]


@dataclass(frozen=True, slots=True)
class Thought:
    """A reflection as it is read. `text` is None where the key that sealed it is gone."""

    reflection: Reflection
    text: str | None
    mine: bool


@dataclass(slots=True)
class AboutTrait:
    """An educator competency, when it is looked at again, and what one has written about it oneself."""

    trait: Item
    review_on: date | None
    due: bool
    thoughts: list[Thought] = field(default_factory=list)


def reflections_of(seat: Seat) -> QuerySet[Reflection]:
    """Those that this person may read, the newest first."""
    rows = Reflection.objects.filter(readable(seat)).select_related("author", "trait")
    return rows.order_by("-on", "pk")


def thought_in(seat: Seat, reflection_id: UUID) -> Thought | None:
    """One reflection that this person may read. One query."""
    found = reflections_of(seat).filter(pk=reflection_id).first()
    return _thought(found, seat) if found else None


def _thought(found: Reflection, seat: Seat) -> Thought:
    return Thought(found, opened(found.sealed, whose=found.whose), found.author_id == seat.membership.pk)


def thoughts_of(seat: Seat) -> tuple[list[Thought], list[Thought]]:
    """One's own reflections, and those that others chose to share. One query."""
    found = [_thought(each, seat) for each in reflections_of(seat)]
    return [each for each in found if each.mine], [each for each in found if not each.mine]


def traits_with(seat: Seat, own: Iterable[Thought]) -> list[AboutTrait]:
    """Every educator competency, with what one has written about it oneself. Two queries."""
    reviews, today = reviews_of(seat.organisation), clock.today()
    found = {each.pk: _about(each, reviews, today) for each in traits_of(seat.organisation)}
    for thought in own:
        trait = thought.reflection.trait
        found.setdefault(trait.pk, _about(trait, reviews, today)).thoughts.append(thought)
    return list(found.values())


def _about(trait: Item, reviews: dict[UUID, date], today: date) -> AboutTrait:
    on = reviews.get(trait.pk)
    return AboutTrait(trait, on, on is not None and on <= today)


def readers_of(reflection: Reflection) -> list[Membership]:
    """Whom its author chose, by name. One query."""
    rows = Reader.objects.filter(organisation=reflection.organisation_id, reflection=reflection)
    return [each.membership for each in rows.select_related("membership").order_by("membership__name", "pk")]
