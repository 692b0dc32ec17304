"""Keeps what is derived from the changes in step with them: who wrote what, and the sittings. All can be made anew."""

import zlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from throughline.elements.history.authorship import Ledger, from_runs
from throughline.elements.models import Authorship, Change, ChangeKind, Element, Sitting
from throughline.elements.writing.places import spread

PAUSE = timedelta(minutes=30)
APART = frozenset({ChangeKind.IMPORTED.value, ChangeKind.RESTORED.value})


def ledger_of(element: Element) -> Ledger:
    """Who wrote what in the newest text. Two queries when nobody has written since it was last asked for."""
    here = {"organisation_id": element.organisation_id, "element": element}
    kept = Authorship.objects.filter(**here).first()
    if kept is not None and kept.version == element.head:
        return _read(kept)
    return _caught_up(element)


@transaction.atomic
def _caught_up(element: Element) -> Ledger:
    here = {"organisation_id": element.organisation_id, "element": element}
    first, _made = Authorship.objects.get_or_create(**here, defaults={"line": b""})
    kept = Authorship.objects.select_for_update().get(pk=first.pk)
    changes = list(Change.objects.filter(**here, start__gte=kept.version).order_by("start"))
    ledger = _read(kept)
    if any(change.kind == ChangeKind.RESTORED for change in changes) and kept.version:
        # What comes back is known only to whoever saw it go.
        ledger = Ledger()
        for change in Change.objects.filter(**here, end__lte=kept.version).order_by("start"):
            ledger.take(change.steps, str(change.by_id))
    _take(element, ledger, changes)
    kept.version, kept.authors = ledger.version, ledger.authors
    kept.runs, kept.line = ledger.runs, _packed(ledger.line)
    kept.save()
    return ledger


def _take(element: Element, ledger: Ledger, changes: Iterable[Change]) -> None:
    here = {"organisation_id": element.organisation_id, "element": element}
    sitting = Sitting.objects.filter(**here).order_by("-start").first()
    touched: list[Sitting] = []
    for change in changes:
        added, removed = ledger.take(change.steps, str(change.by_id))
        if sitting is None or not _goes_on(sitting, change):
            sitting = Sitting(
                **here, start=change.start, end=change.end, began_at=change.at, ended_at=change.at
            )
        if sitting not in touched:
            touched.append(sitting)
        _count(sitting, change, added, removed)
    for each in touched:
        each.save()


def _goes_on(sitting: Sitting, change: Change) -> bool:
    if change.kind in APART or not APART.isdisjoint(sitting.kinds):
        return False
    return change.at - sitting.ended_at <= PAUSE


def _count(sitting: Sitting, change: Change, added: int, removed: int) -> None:
    sitting.end, sitting.ended_at = change.end, change.at
    if change.kind not in sitting.kinds:
        sitting.kinds = [*sitting.kinds, change.kind]
    people = {each: [more, less] for each, more, less in sitting.people}
    counted = people.setdefault(str(change.by_id), [0, 0])
    counted[0] += added
    counted[1] += removed
    sitting.people = [[each, *both] for each, both in people.items()]


def _packed(line: str) -> bytes:
    return zlib.compress(line.encode("utf-16-le", "surrogatepass"))


def _read(kept: Authorship) -> Ledger:
    if not kept.version:
        return Ledger()
    data = zlib.decompress(bytes(kept.line))
    # A character for each position: what lies outside the basic plane stays two.
    line = spread(data.decode("utf-16-le", "surrogatepass"))
    return Ledger(line, from_runs(kept.runs), list(kept.authors), kept.version)


def authors_known(ledger: Ledger) -> list[UUID]:
    """Whose words stand in a text, or stood there."""
    return [UUID(each) for each in ledger.authors if each]


def people_in(sittings: Iterable[Sitting]) -> set[Any]:
    """Who wrote in some sittings."""
    return {UUID(each) for sitting in sittings for each, _more, _less in sitting.people}
