"""A whole staged roster, held against the school: every row, and what it becomes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughline.people.models import normal_address
from throughline.rosters.importing.comparing.held import held_of
from throughline.rosters.importing.comparing.lines import Becomes, Line, Staged, Work
from throughline.rosters.importing.comparing.people import missing, people
from throughline.rosters.importing.comparing.places import classes, years_and_terms
from throughline.rosters.importing.comparing.ties import enrollments, guardians
from throughline.rosters.importing.days import day_comes_first, is_local
from throughline.rosters.importing.reading.told import Remark, Table
from throughline.rosters.models import RosterFile, StagedRow
from throughline.rosters.queries import settings_of

_DAYS = ("startDate", "endDate", "beginDate")


@dataclass(slots=True)
class Compared:
    """What a roster would do, and what has to be chosen before it can."""

    lines: list[Line] = field(default_factory=list)
    orgs: list[tuple[str, str]] = field(default_factory=list)
    org: str = ""
    asks_org: bool = False
    asks_days: bool = False
    has_local_days: bool = False
    day_first: bool | None = None
    years: dict[str, tuple[str, date, date]] = field(default_factory=dict)

    def counted(self) -> dict[str, int]:
        """How many become what."""
        return {each.value: sum(line.becomes == each for line in self.lines) for each in Becomes}

    @property
    def ready(self) -> bool:
        """Whether everything that has to be known is known."""
        return not (self.asks_org or self.asks_days)


def compare(roster: RosterFile, *, today: date) -> Compared:
    """Hold a staged roster against what the school has now."""
    rows = _rows(roster)
    found = Compared()
    _choose_org(rows.get(Table.ORGS, []), roster, found)
    _choose_days(rows, roster, found)
    if found.asks_org:
        return found
    addresses = {
        normal_address(row.told["email"]) for row in rows.get(Table.USERS, []) if "email" in row.told
    }
    held = held_of(roster.organisation_id, addresses)
    work = Work(held, roster.told.get("modes", {}), today, found.org, found.day_first)
    years_and_terms(rows.get(Table.SESSIONS, []), work)
    classes(rows.get(Table.CLASSES, []), work)
    roles: dict[str, list[Staged]] = {}
    for row in rows.get(Table.ROLES, []):
        roles.setdefault(row.told.get("userSourcedId", ""), []).append(row)
    people(rows.get(Table.USERS, []), roles, work)
    _roles_alone(roles, rows.get(Table.USERS, []), work)
    missing(work)
    enrollments(rows.get(Table.ENROLLMENTS, []), work)
    guardians(rows.get(Table.USERS, []), work)
    found.lines, found.years = work.lines, work.years
    return found


def _rows(roster: RosterFile) -> dict[str, list[Staged]]:
    found: dict[str, list[Staged]] = {}
    staged = StagedRow.objects.filter(organisation=roster.organisation_id, roster=roster)
    fields = ("table", "file", "line", "key", "told", "remarks")
    for table, file, line, key, told, remarks in staged.order_by("table", "line", "id").values_list(*fields):
        row = Staged(table, file, line, key, told, [Remark.again(each) for each in remarks])
        found.setdefault(table, []).append(row)
    return found


def _choose_org(rows: Iterable[Staged], roster: RosterFile, found: Compared) -> None:
    """Which school of the file this one is: chosen, known from earlier, the only one, or to be asked."""
    every = [
        (row.key, row.told.get("name", row.key)[:200], row.told.get("type", "")) for row in rows if row.key
    ]
    schools = [(key, name) for key, name, kind in every if kind.casefold() == "school"]
    found.orgs = schools or [(key, name) for key, name, _kind in every]
    known = {key for key, _name in found.orgs}
    for said in (roster.chosen.get("org", ""), settings_of(roster.organisation_id).own_key):
        if said in known:
            found.org = said
            return
    if len(known) == 1:
        found.org = found.orgs[0][0]
    found.asks_org = len(known) > 1


def _choose_days(rows: Mapping[str, list[Staged]], roster: RosterFile, found: Compared) -> None:
    said = [row.told[name] for each in rows.values() for row in each for name in _DAYS if name in row.told]
    found.has_local_days = any(map(is_local, said))
    chosen: bool | None = roster.chosen.get("day_first")
    found.day_first = chosen if chosen is not None else day_comes_first(said)
    found.asks_days = found.has_local_days and found.day_first is None


def _roles_alone(roles: Mapping[str, list[Staged]], users: Iterable[Staged], work: Work) -> None:
    """Rows of roles whose person is not in the file."""
    known = {row.key for row in users}
    for user, rows in roles.items():
        for row in rows if user not in known and user not in work.held.by_key else []:
            row.remark("person-unknown", "userSourcedId", fault=True, said=user[:60])
            work.add(row, user, Becomes.WRONG)


def kept_counts(compared: Compared) -> dict[str, Any]:
    """The counts that the log and the page afterwards tell."""
    counts = compared.counted()
    return {
        name: counts[name] for name in ("new", "changed", "ended", "flagged", "same", "wrong", "elsewhere")
    }
