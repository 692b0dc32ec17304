"""Whoever has a text open hears what others write in it, and who is there.

One task for each process, while somebody listens: it asks the database every 50 ms, and while somebody writes every 20, where
the open texts are now (one query for all of them) and reads what is new, whichever process wrote it. What this process wrote
wakes it at once.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections
from django.db.models import QuerySet

from throughline.elements.editing import presence, signals
from throughline.elements.editing.queries import changes_from
from throughline.elements.models import Change, Element
from throughline.kit.prepared import prepared
from throughline.kit.streams import ALIVE, Run, event

LOOK = 0.05  # seconds between looks at what other processes wrote
LOOK_BUSY = 0.02  # … while somebody writes
BUSY = 2.0  # seconds for which somebody is taken to write after each change
LOOK_WHO = 0.5  # … and at who is there
STILL = 10.0  # … and at whether a listener may still hear; a sign of life goes out with it
WAITING = 300  # messages that a slow listener may be behind before it has to come again
REMEMBERED = 200  # messages of an element that whoever comes just now may have missed
MOST = 1000  # streams of one process
MOST_EACH = 12  # … and of one person in it

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Listener:
    """An open editor: what it has heard up to, and whether it may still hear."""

    organisation_id: UUID
    element_id: UUID
    membership_id: UUID
    client: str
    version: int
    may_still: Callable[[], bool]
    queue: "asyncio.Queue[bytes | None]" = field(default_factory=lambda: asyncio.Queue(WAITING))
    due: float = 0.0

    def tell(self, message: bytes) -> None:
        """Put it into its queue; one that is too far behind is cut off and comes again with the version that it has."""
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            self.end()

    async def next(self, until: float) -> bytes | None:
        """All that waits for it, or a sign of life when nothing has come until then. None: its line is to be closed."""
        try:
            async with asyncio.timeout_at(until):
                message = await self.queue.get()
        except TimeoutError:
            return ALIVE
        parts = [message]
        while parts[-1] is not None and not self.queue.empty():
            parts.append(self.queue.get_nowait())
        return None if parts[-1] is None else b"".join(part for part in parts if part is not None)

    def end(self) -> None:
        """Close its line when it has read this."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


@dataclass
class Room:
    """One element to which somebody in this process listens."""

    organisation_id: UUID
    version: int
    listeners: set[Listener] = field(default_factory=set)
    told: "deque[tuple[int, bytes]]" = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    people: dict[str, dict[str, Any]] = field(default_factory=dict)


def changes_as_told(rows: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes as editors read them."""
    return [
        {
            "start": row.start,
            "client": row.client,
            "by": str(row.by_id),
            "batch": str(row.batch) if row.batch else None,
            "places": row.places or list(range(len(row.steps))),
            "steps": row.steps,
        }
        for row in rows
    ]


def message_of(rows: Sequence[Change]) -> bytes:
    """Changes as one message; there is at least one."""
    told = json.dumps(changes_as_told(rows), ensure_ascii=False, separators=(",", ":"))
    return event("steps", told, rows[-1].end)


@prepared
def _heads(elements: tuple[UUID, ...]) -> QuerySet[Element, tuple[UUID, int]]:
    return Element.objects.filter(pk__in=elements).values_list("pk", "head")


class Hub:
    """All rooms of this process."""

    def __init__(self) -> None:
        self.rooms: dict[UUID, Room] = {}
        self.something = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.looked_who = 0.0
        self.heard = -BUSY

    def count(self, membership: UUID | None = None) -> int:
        """How many listen, all or one member."""
        return sum(
            membership in (None, each.membership_id)
            for room in self.rooms.values()
            for each in room.listeners
        )

    def wake(self, element: UUID) -> None:
        """Something was written here: look now."""
        if element in self.rooms:
            self.something.set()

    async def follow(self, listener: Listener, run: Run) -> AsyncIterator[bytes]:
        """What this listener hears, until it may not any more or is too far behind."""
        clock = asyncio.get_running_loop().time
        room = self._enter(listener)
        listener.due = clock() + STILL
        yield event("here", json.dumps({"all": list(room.people.values())}))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._watch(run))
        try:
            while True:
                message = await listener.next(listener.due)
                if clock() >= listener.due:
                    listener.due = clock() + STILL
                    if not run(lambda: self._still(listener)):
                        yield event("ended", "{}")
                        return
                if message is None:
                    return
                yield message
        finally:
            self._leave(listener, run)

    def _enter(self, listener: Listener) -> Room:
        room = self.rooms.get(listener.element_id)
        if room is None:
            room = self.rooms[listener.element_id] = Room(listener.organisation_id, listener.version)
        room.listeners.add(listener)
        if listener.version < room.version:
            for end, message in room.told:
                if end > listener.version:
                    listener.tell(message)
        else:  # what it has heard of and the others have not comes with the next look
            self.something.set()
        return room

    def _leave(self, listener: Listener, run: Run) -> None:
        room = self.rooms.get(listener.element_id)
        if room:
            room.listeners.discard(listener)
            if not room.listeners:
                del self.rooms[listener.element_id]
        with suppress(DatabaseError):
            run(lambda: presence.leave(listener.organisation_id, listener.element_id, listener.client))

    def _still(self, listener: Listener) -> bool:
        try:
            close_old_connections()
            if not listener.may_still():
                return False
            presence.stay(
                listener.organisation_id, listener.element_id, listener.membership_id, listener.client
            )
        except DatabaseError:
            logger.exception("could not see whether somebody may still hear")
        return True

    async def _watch(self, run: Run) -> None:
        clock = asyncio.get_running_loop().time
        while self.rooms:
            pause = LOOK_BUSY if clock() - self.heard < BUSY else LOOK
            with suppress(TimeoutError):
                await asyncio.wait_for(self.something.wait(), pause)
            self.something.clear()
            who = clock() - self.looked_who >= LOOK_WHO
            try:
                if run(self._look):
                    self.heard = clock()
                if who:
                    self.looked_who = clock()
                    run(self._look_who)
            except DatabaseError:
                logger.exception("could not look for what others wrote")
                run(close_old_connections)
                await asyncio.sleep(1)

    def _look(self) -> bool:
        """Tell everybody what is new, if anything is."""
        heads = _heads(tuple(sorted(self.rooms)))
        newer = {key: head for key, head in heads if head > self.rooms[key].version}
        for key in newer:
            room = self.rooms[key]
            rows = changes_from(room.organisation_id, key, room.version)
            if not rows:
                continue
            message, room.version = message_of(rows), rows[-1].end
            room.told.append((room.version, message))
            for listener in list(room.listeners):
                if listener.version < room.version:
                    listener.tell(message)
        return bool(newer)

    def _look_who(self) -> None:
        """Tell who came, who left, and where their carets are."""
        now = presence.people_in(list(self.rooms))
        for key, room in self.rooms.items():
            people = now.get(key, {})
            changed = [each for client, each in people.items() if room.people.get(client) != each]
            gone = [client for client in room.people if client not in people]
            room.people = people
            if changed or gone:
                told = json.dumps({"changed": changed, "gone": gone}, ensure_ascii=False)
                for listener in list(room.listeners):
                    listener.tell(event("here", told))


hub = Hub()
signals.listeners.add(hub.wake)
