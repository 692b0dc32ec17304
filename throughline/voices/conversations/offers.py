"""What capabilities above put on the page of a conversation; they register from `apps.py`."""

from collections.abc import Callable

from throughline.journeys.hooks import Offered
from throughline.kit.registry import Registry
from throughline.schools.tenant import Seat
from throughline.voices.models import Conversation

_sources = Registry[Callable[[Conversation, Seat], Offered | None]]()
on_conversation = _sources.add  # may not ask the database


def offered_on_conversation(conversation: Conversation, seat: Seat) -> list[Offered]:
    """What this person is offered on a conversation."""
    return [found for source in _sources if (found := source(conversation, seat))]
