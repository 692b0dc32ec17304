"""The columns that we use of each table, under the names that they are given and misgiven. Others are never read."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from throughline.rosters.importing.reading.told import About, Table

# Needed first, then what is read where it is there. What is not here is dropped before it is looked at.
NEEDED: dict[str, tuple[str, ...]] = {
    Table.ORGS: ("sourcedId", "name", "type"),
    Table.SESSIONS: ("sourcedId", "title", "type", "startDate", "endDate"),
    Table.CLASSES: ("sourcedId", "title"),
    Table.USERS: ("sourcedId", "givenName", "familyName"),
    Table.ROLES: ("sourcedId", "userSourcedId", "role"),
    Table.ENROLLMENTS: ("sourcedId", "classSourcedId", "userSourcedId", "role"),
    Table.DEMOGRAPHICS: ("sourcedId",),
}
READ: dict[str, tuple[str, ...]] = {
    Table.ORGS: ("status",),
    Table.SESSIONS: ("status", "parentSourcedId", "schoolYear"),
    Table.CLASSES: ("status", "classType", "schoolSourcedId", "termSourcedIds"),
    Table.USERS: (
        "status",
        "role",
        "orgSourcedIds",
        "primaryOrgSourcedId",
        "preferredGivenName",
        "preferredFamilyName",
        "email",
        "agentSourcedIds",
    ),
    Table.ROLES: ("status", "orgSourcedId", "endDate"),
    Table.ENROLLMENTS: ("status", "schoolSourcedId", "beginDate", "endDate"),
    Table.DEMOGRAPHICS: (
        "status",
        "sex",
        "americanIndianOrAlaskaNative",
        "asian",
        "blackOrAfricanAmerican",
        "nativeHawaiianOrOtherPacificIslander",
        "white",
        "demographicRaceTwoOrMoreRaces",
        "hispanicOrLatinoEthnicity",
    ),
}
# Columns of the standard that we leave alone, so that nothing is taken for one of ours by its likeness.
LEFT_ALONE = {
    "dateLastModified", "username", "userIds", "middleName", "preferredMiddleName", "identifier", "sms", "phone",
    "grades", "enabledUser", "userMasterIdentifier", "pronouns", "resources", "courseSourcedId", "classCode", "location",
    "subjects", "subjectCodes", "periods", "primary", "roleType", "beginDate", "userProfileSourcedId", "birthDate",
    "parentSourcedId", "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth", "publicSchoolResidenceStatus", "agentRole",
}  # fmt: skip
# Other names that systems are known to give.
ALSO = {
    "agents": "agentSourcedIds",
    "agentsourcedid": "agentSourcedIds",
    "orgsourcedid": "orgSourcedIds",
    "schoolsourcedid": "schoolSourcedId",
    "termsourcedid": "termSourcedIds",
    "grade": "grades",
    "userid": "userIds",
    "firstname": "givenName",
    "lastname": "familyName",
    "classtitle": "title",
    "startdate": "startDate",
}
_PASSWORD = re.compile(r"pass?w?[ou]?r?d|pwd|passcode|contras|kennwort|secret", re.IGNORECASE)
_PLAIN = re.compile(r"[^a-z0-9]")


def bare(heading: str) -> str:
    """A heading in small letters and digits alone."""
    return _PLAIN.sub("", heading.casefold())


def is_password(heading: str) -> bool:
    """Whether a column holds passwords, however it is written: such a column is never read."""
    return bool(
        _PASSWORD.search(bare(heading)) or difflib.get_close_matches(bare(heading), ["password"], 1, 0.75)
    )


@dataclass(slots=True)
class Columns:
    """Where each column that we use stands; how many the table has."""

    at: dict[str, int] = field(default_factory=dict)
    width: int = 0
    missing: list[str] = field(default_factory=list)


def known_in(table: str, cells: Sequence[str]) -> int:
    """How many cells are headings of this table."""
    ours = {bare(each) for each in (*NEEDED[table], *READ[table], *LEFT_ALONE)}
    return sum(bare(cell) in ours for cell in cells)


def columns_of(table: str, headings: Sequence[str], file: str, about: About) -> Columns:
    """Where what stands; what had to be guessed or was dropped is noted."""
    wanted = {bare(each): each for each in (*NEEDED[table], *READ[table])}
    alone = {bare(each) for each in LEFT_ALONE} - set(wanted)
    found = Columns(width=len(headings))
    dropped, unsure = [], []
    for place, heading in enumerate(headings):
        name, said = bare(heading), heading.strip()[:60]
        if is_password(heading):
            about.remark_on(file, "password-dropped", said)
        elif name in wanted:
            _take(found, wanted[name], place, said, file, about)
        elif not name or name in alone or ALSO.get(name) in LEFT_ALONE:
            continue
        else:
            unsure.append((place, name, said))
    for place, name, said in unsure:
        meant = _meant(name, table, wanted, alone)
        if meant in wanted.values() and meant not in found.at:
            found.at[meant] = place
            about.remark_on(file, "heading-guessed", said, meant=meant)
        elif not meant:
            dropped.append(said)
    if dropped:
        about.remark_on(file, "columns-dropped", names=", ".join(dropped[:12]), count=len(dropped))
    found.missing = [each for each in NEEDED[table] if each not in found.at]
    return found


def _take(found: Columns, name: str, place: int, said: str, file: str, about: About) -> None:
    if name in found.at:
        about.remark_on(file, "heading-twice", said)
        return
    found.at[name] = place
    if said != name:
        about.remark_on(file, "heading-case", said, meant=name)


def _meant(name: str, table: str, wanted: dict[str, str], alone: set[str]) -> str:
    """The column that a misspelt heading most likely means; nothing when it is somebody's own."""
    if table == Table.DEMOGRAPHICS and name == "usersourcedid":
        return "sourcedId"
    if ALSO.get(name) in wanted.values():
        return ALSO[name]
    if name.startswith(("metadata", "ext")):
        return ""
    [close] = difflib.get_close_matches(name, [*wanted, *alone], 1, 0.86) or [""]
    return wanted.get(close, close)
