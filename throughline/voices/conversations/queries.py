"""Reads of conversations, starting from what a person may see."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Journey
from throughline.journeys.queries import journeys_visible_to
from throughline.schools.tenant import Seat
from throughline.voices.asking.promise import is_anonymous
from throughline.voices.conversations.policy import visible_conversations
from throughline.voices.figures.queries import figures_of
from throughline.voices.figures.reading import result_of
from throughline.voices.groups import Group, in_order
from throughline.voices.models import Asked, Conversation, Listening
from throughline.voices.queries import listenings_of


def conversations_of(seat: Seat) -> QuerySet[Conversation]:
    """The conversations that this person may read, the latest first."""
    rows = Conversation.objects.filter(visible_conversations(seat))
    return rows.select_related("journey__record", "listening__round").order_by("-held_on", "-pk")


def conversation_in(seat: Seat, conversation_id: UUID) -> Conversation | None:
    """One of them. One query."""
    rows = conversations_of(seat).select_related("made_by__person")
    return rows.filter(pk=conversation_id).first()


def journeys_to_choose(seat: Seat) -> list[Journey]:
    """Journeys that are going on, that of the school first. One query."""
    rows = journeys_visible_to(seat).filter(archived_at=None)
    return sorted(rows, key=lambda each: each.record.group_id is not None)


def listening_named(seat: Seat, key: str) -> Listening | None:
    """The listening that an address names after the question mark, where this person sees it. At most one query."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return listenings_of(seat).filter(pk=wanted).first()


def too_small_in(listening: Listening) -> list[Group]:
    """The groups to hear in a conversation: without figures, or, before closing, probably without. One or two queries."""
    figures = figures_of(listening)
    if figures is not None:
        return in_order(result_of(figures).too_small)
    asked = list(Asked.objects.filter(organisation=listening.organisation_id, listening=listening))
    return in_order(each.group for each in asked if not is_anonymous(each, asked, listening.threshold))


def competencies_named(journey: Journey, codes: Sequence[str]) -> list[CompetencyItem]:
    """The competencies of these codes in the framework of the journey, in its order."""
    wanted = set(codes)
    return [each for each in tree(journey.record.version_id).competencies if each.code in wanted]
