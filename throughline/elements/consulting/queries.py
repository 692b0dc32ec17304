"""Named reads of consultations: for staff, starting from an element that they may see; for a link, from its hash."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughline.elements.consulting.limits import ANSWERS_STAY
from throughline.elements.models import Consultation, Element, OutsideComment, Theme
from throughline.elements.writing.schema import Block, blocks, plain_text
from throughline.kit import clock
from throughline.schools.tenant import is_there

State = OutsideComment.State


def consultations_of(element: Element) -> QuerySet[Consultation]:
    """All of them without what was read, the newest first, each with how much was said and how much is to read."""
    held = Q(comments__state=State.HELD)
    return (
        Consultation.objects.filter(organisation=element.organisation_id, element=element)
        .defer("document", "items")
        .select_related("made_by")
        .annotate(said=Count("comments"), to_read=Count("comments", filter=held))
        .order_by("-made_at", "-pk")
    )


def consultation_of(element: Element, consultation_id: UUID) -> Consultation | None:
    """One of an element, whole."""
    rows = Consultation.objects.filter(
        organisation=element.organisation_id, element=element, pk=consultation_id
    )
    return rows.select_related("element", "organisation", "made_by").first()


def by_link(link: str) -> Consultation | None:
    """The consultation that the holder of a link is shown now; none when it was withdrawn or is long over. One query."""
    if not link:
        return None
    rows = Consultation.objects.filter(
        is_there(), token_hash=link, closes_on__gte=clock.today() - ANSWERS_STAY
    )
    return rows.select_related("element", "organisation").first()


def demo_consultation(today: date) -> Consultation | None:
    """The consultation of a demo school that is open by its link, without a passcode. One query."""
    rows = Consultation.objects.filter(
        organisation__is_demo=True,
        token_hash__isnull=False,
        passcode="",
        ended_at__isnull=True,
        opens_on__lte=today,
        closes_on__gte=today,
    )
    found = rows.defer("document", "items").select_related("organisation").order_by("-made_at", "-pk")
    return found.first()


def themes_of(consultation: Consultation) -> list[Theme]:
    """In their order, each with how many comments stand in it. One query."""
    rows = Theme.objects.filter(organisation=consultation.organisation_id, consultation=consultation)
    taken = Q(comments__state=State.TAKEN)
    return list(rows.annotate(size=Count("comments", filter=taken)).order_by("position", "pk"))


def answers_of(consultation: Consultation) -> list[Theme]:
    """The themes that have been answered: what the link shows at the end. One query."""
    return [each for each in themes_of(consultation) if each.answer]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments a page shows."""

    state: str = ""
    theme: UUID | None = None
    without_theme: bool = False
    belongs: str = ""
    about: str = ""


def comments_of(consultation: Consultation, wanted: Wanted = Wanted()) -> QuerySet[OutsideComment]:
    """What was said, paragraph by paragraph. No order of time: a comment keeps only its day."""
    rows = OutsideComment.objects.filter(
        organisation=consultation.organisation_id, consultation=consultation
    ).select_related("theme")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.without_theme:
        rows = rows.filter(theme__isnull=True)
    elif wanted.theme:
        rows = rows.filter(theme=wanted.theme)
    if wanted.belongs:
        rows = rows.filter(belongs=wanted.belongs)
    if wanted.about:
        rows = rows.filter(about="" if wanted.about == "whole" else wanted.about)
    return rows.order_by("place", "on", "pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments are in each state, and by which groups."""

    states: dict[str, int]
    belongs: dict[str, int]

    @property
    def all(self) -> int:
        """All of them."""
        return sum(self.states.values())


def counts_of(consultation: Consultation) -> Counts:
    """One query, however many there are."""
    rows = (
        OutsideComment.objects.filter(organisation=consultation.organisation_id, consultation=consultation)
        .values_list("state", "belongs")
        .annotate(n=Count("pk"))
    )
    states: dict[str, int] = {}
    belongs: dict[str, int] = {}
    for state, group, number in rows.order_by():
        states[state] = states.get(state, 0) + number
        belongs[group] = belongs.get(group, 0) + number
    return Counts(states, belongs)


def paragraphs_of(document: dict[str, Any]) -> dict[str, Block]:
    """The paragraphs that can be commented on, by their fingerprint."""
    return {each.fingerprint: each for each in blocks(document) if plain_text(each.node).strip()}
