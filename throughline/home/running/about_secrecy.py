"""Whether closed rounds tell nobody who rated what, and whether what people sealed can still be opened."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from throughline.home.running.backing_up import last_backup
from throughline.home.running.findings import Finding, fail, some, warn, well
from throughline.journeys.actions.untying import to_scrub
from throughline.journeys.models import Kept, Round, SealedNote
from throughline.kit.keeping import CannotOpen, open_up


def ratings() -> Iterator[Finding]:
    """Closed rounds with hidden names: the rows, the files of the database, and the backups of before."""
    closed = Round.objects.filter(state=Round.State.CLOSED, names_shown=False)
    tied, waiting = closed.filter(untied_at=None).count(), len(list(to_scrub()))
    if tied:
        yield warn(
            "ratings",
            f"{tied} closed rounds with hidden names still say who rated what. The worker cuts that soon, "
            "`untie_ratings` at once.",
        )
    if waiting:
        yield warn(
            "ratings",
            f"What was deleted of {waiting} closed rounds is still to be wiped from the database's files. The worker "
            "goes on trying, `untie_ratings` tries at once.",
        )
    last = closed.aggregate(last=Max("untied_at"))["last"]
    if not (tied or waiting):
        yield well(
            "ratings", "Nothing in the database says who rated what in a closed round with hidden names."
        )
    older = _backups_before(last) if last else []
    if older:
        yield warn(
            "ratings",
            f"{len(older)} backups are from before a round closed on {last:%Y-%m-%d} and say who rated what in it: "
            f"{some(older)}. Once a newer backup is there, delete them and their copies.",
        )


def _backups_before(moment: datetime) -> list[str]:
    """Those that lie where the last one was put."""
    known = last_backup()
    if known is None:
        return []
    found = Path(known[1]).parent.glob("throughline-*.tar")
    return sorted(
        each.name for each in found if datetime.fromtimestamp(each.stat().st_mtime, tz=UTC) < moment
    )


def sealed() -> Iterator[Finding]:
    """Every note and copy that people sealed for later."""
    place, count, lost = Path(settings.KEEPING_KEY), 0, 0
    for rows in (SealedNote.objects.all(), Kept.objects.exclude(sealed="")):
        for each in rows.iterator():
            count += 1
            try:
                open_up(each.sealed, whose=each.whose)
            except CannotOpen:
                lost += 1
    if lost:
        yield fail(
            "sealed",
            f"{lost} of {count} sealed notes and copies cannot be opened: {place} does not hold the key that sealed "
            "them. If you have an older key, write it on a line of its own below the one that is there.",
        )
    elif count:
        yield well("sealed", f"The key in {place} opens all {count} sealed notes and copies.")
    if place.exists() and place.stat().st_mode & 0o077:
        yield fail("sealed", f"Others on this machine can read {place}. chmod 600 shuts it.")
