"""A roster comes in: read into rows, looked at, then applied as a whole or put aside. The file itself is never kept."""

from datetime import timedelta
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.text import clean_line
from throughline.rosters.classes.checking import keeper, own
from throughline.rosters.importing.applying import Applying
from throughline.rosters.importing.comparing.compare import Compared, compare, kept_counts
from throughline.rosters.importing.comparing.lines import Becomes
from throughline.rosters.importing.reading.told import About, Remark, Unreadable
from throughline.rosters.importing.reading.whole import read_roster
from throughline.rosters.importing.staging import stage
from throughline.rosters.importing.words import WHOLE, in_words
from throughline.rosters.models import RosterFile, RosterSettings, StagedRow
from throughline.rosters.queries import settings_of
from throughline.schools.log import note
from throughline.schools.models import Membership

KEPT_FOR = timedelta(days=14)
MOST_LEFT = 500  # rows that were left out and are still told afterwards


@transaction.atomic
def bring_roster(*, name: str, file: IO[bytes], by: Membership) -> RosterFile:
    """Read a roster into rows. Nothing of the school changes. Raises `ValidationError` when it cannot be read."""
    by = keeper(by)
    waiting = RosterFile.objects.filter(organisation=by.organisation_id, state=RosterFile.State.WAITING)
    waiting.filter(made_by=by).delete()
    line = clean_line(name)[:200] or "roster"
    roster = RosterFile.objects.create(
        organisation_id=by.organisation_id, name=line, made_by=by, made_at=clock.now()
    )
    about = About()
    wanted = settings_of(by.organisation_id).demographics_since is not None
    try:
        stage(roster, read_roster(file, line, about, demographics=wanted))
    except Unreadable as refused:
        what, todo = in_words(Remark(refused.code, "", refused.values), WHOLE)
        raise ValidationError({"file": f"{what} {todo}".strip()}) from None
    roster.told = _kept(about)
    roster.save(update_fields=["told"])
    return roster


def _kept(about: About) -> dict[str, Any]:
    return {
        "kind": about.kind,
        "version": about.version[:20],
        "modes": {str(table): mode for table, mode in about.modes.items()},
        "counts": {str(table): count for table, count in about.counts.items()},
        "left_out": [name[:100] for name in about.left_out],
        "notes": [[file[:100], line, remark.kept()] for file, line, remark in about.notes],
    }


def _waiting(by: Membership, roster: RosterFile) -> RosterFile:
    held = own(by, roster)
    if held.state != RosterFile.State.WAITING:
        raise ValidationError(_("This roster has been applied already."))
    return held


@transaction.atomic
def choose_roster(*, roster: RosterFile, org: str, day_first: bool | None, by: Membership) -> RosterFile:
    """Say which school of the file this one is, and which number of its days is the day."""
    by = keeper(by)
    held = _waiting(by, roster)
    held.chosen = {"org": org, "day_first": day_first}
    held.save(update_fields=["chosen"])
    return held


@transaction.atomic
def apply_roster(*, roster: RosterFile, leave_out: bool, by: Membership, seen: str = "") -> RosterFile:
    """All of it, at once. `leave_out` agrees that rows with a fault stay out; `seen` is the mark of what was looked at.

    Raises `ValidationError` when something has to be chosen, when faults were not agreed to, or when the school has
    changed since, so that something else would come of it.
    """
    by = keeper(by)
    held = _waiting(by, roster)
    compared = compare(held, today=clock.today())
    counts = kept_counts(compared)
    if not compared.ready:
        raise ValidationError(_("Choose first what is asked above."))
    if counts["wrong"] and not leave_out:
        raise ValidationError(
            {"leave_out": _("Some rows cannot be taken. Agree that they are left out, or mend the file.")}
        )
    if seen and seen != mark_of(compared):
        raise ValidationError(
            _("The school has changed since you looked. Look again at what would come of it.")
        )
    Applying(compared, by.organisation_id, clock.today()).all()
    if compared.org:
        RosterSettings.objects.update_or_create(
            organisation_id=by.organisation_id, defaults={"own_key": compared.org}
        )
    held.state, held.applied_at = RosterFile.State.APPLIED, clock.now()
    held.came = {**counts, "left": _left(compared)}
    held.save(update_fields=["state", "applied_at", "came"])
    StagedRow.objects.filter(organisation=by.organisation_id, roster=held).delete()
    told = {name: counts[name] for name in ("new", "changed", "ended", "flagged")}
    note("roster.applied", by=by, subject=held, name=held.name, **told)
    return held


def mark_of(compared: Compared) -> str:
    """What would come of it, in short: sent along with a yes, so that it is a yes to this and nothing else."""
    return "-".join(str(count) for count in compared.counted().values())


def _left(compared: Compared) -> list[Any]:
    wrong = [line for line in compared.lines if line.becomes == Becomes.WRONG and line.row]
    return [
        [
            line.row.file,
            line.row.line,
            line.says[:200],
            [each.kept() for each in line.remarks if each.is_fault],
        ]
        for line in wrong[:MOST_LEFT]
        if line.row
    ]


@transaction.atomic
def put_roster_aside(*, roster: RosterFile, by: Membership) -> None:
    """Forget a roster that was not applied. Safe to repeat."""
    by = keeper(by)
    waiting = RosterFile.objects.filter(organisation=by.organisation_id, state=RosterFile.State.WAITING)
    waiting.filter(pk=roster.pk).delete()


def forget_rosters() -> int:
    """Rosters that nobody came back to are gone after two weeks, with all their rows."""
    old = RosterFile.objects.filter(state=RosterFile.State.WAITING, made_at__lt=clock.now() - KEPT_FOR)
    gone, _by_kind = old.delete()
    return gone
