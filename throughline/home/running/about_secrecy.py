"""Whether closed rounds tell nobody who rated what, and whether what people sealed can still be opened."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from throughline.home.running.backing_up import MOMENT, last_backup
from throughline.home.running.findings import Finding, fail, some, warn, well
from throughline.home.running.restoring import left_by_restores
from throughline.journeys.closing.anonymizing import to_scrub
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
    # Of rounds that were opened again too: the backups of before hold what was cut when they first closed.
    last = Round.objects.aggregate(last=Max("untied_at"))["last"]
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
    aside = [str(place) for place in left_by_restores()]
    if aside:
        yield warn(
            "ratings",
            f"What a restore put aside or left behind can say who rated what: {some(aside)}. Once you are sure that "
            "nothing in it is needed, delete it.",
        )


def _backups_before(moment: datetime) -> list[str]:
    """Those that lie where the last one was put, and where they go unless told otherwise."""
    known = last_backup()
    folders = {Path(settings.VAR) / "backups", *([Path(known[1]).parent] if known else [])}
    found = {
        file.resolve() for folder in folders for file in folder.glob("throughline-*.tar") if file.is_file()
    }
    return sorted(file.name for file in found if _made_at(file) < moment)


def _made_at(file: Path) -> datetime:
    """By its name, which was given before the copy began. Its time on the disk is of its end, and copying renews it."""
    named = re.match(r"throughline-(\d{8}-\d{6})(?!\d)", file.name)
    if named:
        with suppress(ValueError):
            return datetime.strptime(named[1], MOMENT).replace(tzinfo=UTC)
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)


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
