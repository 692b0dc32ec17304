"""Passages of many threads moved up to the newest text at once, so that reading them has few steps to look at."""

from collections import defaultdict

from django.db.models import F, Min
from django.utils.functional import cached_property

from throughline.elements.models import About, Element, Thread
from throughline.elements.talk.queries import places_now

BEHIND = 50  # steps: with fewer nobody notices
AT_ONCE = 2_000


class Moves:
    """What has to be written so that no thread of an element stands at an older version."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.threads = Thread.objects.filter(
            organisation_id=element.organisation_id, element=element, about=About.PASSAGE
        )

    @cached_property
    def behind(self) -> int:
        """How many steps the hindmost thread is behind. One query, by an index."""
        first: int | None = self.threads.aggregate(first=Min("version"))["first"]
        return 0 if first is None else self.element.head - first

    def carry_out(self) -> None:
        """A query for every distance that passages moved and every 2,000 threads; a thread moved meanwhile is left."""
        old = list(
            self.threads.filter(version__lt=self.element.head).only(
                "start", "end", "version", "gone", "about", "organisation_id"
            )
        )
        alike: dict[tuple[int, int, int, bool], list[object]] = defaultdict(list)
        for thread, place in zip(old, places_now(self.element, old), strict=True):
            key = (thread.version, place.start - thread.start, place.end - thread.end, place.gone)
            alike[key].append(thread.pk)
        for (version, start, end, gone), keys in alike.items():
            for first in range(0, len(keys), AT_ONCE):
                self.threads.filter(pk__in=keys[first : first + AT_ONCE], version=version).update(
                    start=F("start") + start, end=F("end") + end, gone=gone, version=self.element.head
                )


def move_up(element: Element, behind: int = BEHIND) -> None:
    """Move passages up once they are far behind."""
    moves = Moves(element)
    if moves.behind >= behind:
        moves.carry_out()
