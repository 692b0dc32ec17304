"""A roster that somebody keeps in a spreadsheet: a row for each person, with the classes they are in.

Its columns have many names. What comes of it are the same rows that OneRoster has, so that only one thing is staged.
"""

import difflib
import re
from collections.abc import Iterator

from throughline.rosters.importing.reading.headings import bare, is_password
from throughline.rosters.importing.reading.oneroster import _FORMULA, READ_ALOUD
from throughline.rosters.importing.reading.told import (
    LONGEST_CELL,
    LONGEST_KEY,
    MOST_ROWS,
    About,
    Remark,
    Row,
    Table,
    Told,
    Unreadable,
)

# The columns of the template, and what else they are called.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("student id", "person id", "sourcedid", "number", "matrícula", "identificador"),
    "given name": ("first name", "firstname", "givenname", "forename", "nombre", "nombres"),
    "family name": ("last name", "lastname", "familyname", "surname", "apellido", "apellidos"),
    "role": ("rol", "function", "type", "papel"),
    "email": ("e-mail", "mail", "email address", "correo", "correo electrónico"),
    "classes": ("class", "section", "clase", "clases", "group", "grupo", "course"),
    "advisory": ("advisory group", "homeroom", "tutor group", "tutoría", "grupo de tutoría"),
    "guardian of": ("parent of", "guardian for", "children", "responsable de", "tutor de"),
    "from": ("start", "start date", "begins", "desde", "inicio"),
    "until": ("end", "end date", "ends", "hasta", "fin"),
}
NEEDED = ("id", "given name", "family name", "role")
_ROLES = {
    **dict.fromkeys(("learner", "student", "pupil", "estudiante", "alumno", "alumna", "aprendiz"), "student"),
    **dict.fromkeys(("educator", "teacher", "docente", "maestro", "maestra", "profesor", "profesora"), "teacher"),
    **dict.fromkeys(
        ("guardian", "parent", "family", "family member", "mother", "father", "responsable", "familia", "madre", "padre"),
        "guardian",
    ),
}  # fmt: skip
_BETWEEN = re.compile(r"\s*[;\n|]\s*")


def known_plain(cells: list[str]) -> int:
    """How many cells are headings of ours."""
    return sum(_meant(cell) in COLUMNS for cell in cells)


def _names() -> dict[str, str]:
    return {bare(each): name for name, more in COLUMNS.items() for each in (name, *more)}


_NAMES = _names()


def _meant(heading: str) -> str:
    return _NAMES.get(bare(heading), "")


def read_plain(rows: Iterator[tuple[int, list[str]]], file: str, about: About) -> Iterator[Row]:
    """What the rows of the table say: people, the classes named in them, and who is in those."""
    about.kind = "plain"
    about.modes = dict.fromkeys((Table.CLASSES, Table.USERS, Table.ENROLLMENTS), "bulk")
    columns = _columns(rows, file, about)
    classes: dict[str, str] = {}
    for count, (line, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise Unreadable("too-many-rows", limit=MOST_ROWS)
        about.counts[Table.USERS] = count
        said = {
            name: cells[place].strip()
            for name, place in columns.items()
            if place < len(cells) and cells[place].strip()
        }
        yield from _person(said, line, file, classes)


def _columns(rows: Iterator[tuple[int, list[str]]], file: str, about: About) -> dict[str, int]:
    """Where what stands: the first row with most of the headings, among the first ten."""
    for _number, (_line, cells) in zip(range(10), rows, strict=False):
        if known_plain(cells) < 2:
            continue
        found: dict[str, int] = {}
        dropped = []
        for place, heading in enumerate(cells):
            said = heading.strip()[:60]
            if is_password(heading):
                about.remark_on(file, "password-dropped", said)
                continue
            meant = _meant(heading) or _close(heading, file, about)
            if meant and meant not in found:
                found[meant] = place
            elif said:
                dropped.append(said)
        if dropped:
            about.remark_on(file, "columns-dropped", names=", ".join(dropped[:12]), count=len(dropped))
        missing = [name for name in NEEDED if name not in found]
        if missing:
            raise Unreadable("columns-missing", file=file, names=", ".join(missing))
        return found
    raise Unreadable("no-headings")


def _close(heading: str, file: str, about: About) -> str:
    [close] = difflib.get_close_matches(bare(heading), list(_NAMES), 1, 0.86) or [""]
    if close:
        about.remark_on(file, "heading-guessed", heading.strip()[:60], meant=_NAMES[close])
    return _NAMES.get(close, "")


def _person(said: Told, line: int, file: str, classes: dict[str, str]) -> Iterator[Row]:
    remarks: list[Remark] = []
    key = said.get("id", "")
    if not key or len(key) > LONGEST_KEY or key.startswith("="):
        remarks.append(Remark("id-missing" if not key else "id-too-long", "id", is_fault=True))
    role = _ROLES.get(said.get("role", "").casefold(), "")
    if not role:
        remarks.append(Remark("role-unknown", "role", {"said": said.get("role", "")[:60]}, is_fault=True))
    told: Told = {"role": role, "givenName": said.get("given name", "")}
    told |= {"familyName": said.get("family name", ""), "email": said.get("email", "")}
    told["agentSourcedIds"] = ",".join(_BETWEEN.split(said.get("guardian of", "").replace(",", ";")))
    for name, value in said.items():
        if len(value) > LONGEST_CELL:
            remarks.append(Remark("cell-too-long", name, {"limit": LONGEST_CELL}, is_fault=True))
    remarks.extend(
        Remark("cell-missing", name, is_fault=True)
        for name in ("given name", "family name")
        if name not in said
    )
    remarks.extend(
        Remark("formula", name, is_fault=True)
        for name in ("given name", "family name", "classes", "advisory", "email", "role")
        if _FORMULA.match(said.get(name, ""))
    )
    told = {name: value[:LONGEST_CELL] for name, value in told.items() if value}
    yield Row(Table.USERS, file, line, key[:LONGEST_KEY], told, remarks)
    if any(each.is_fault for each in remarks) or role == "guardian":
        return
    yield from _classes(said, key, role, line, file, classes)


def _classes(said: Told, key: str, role: str, line: int, file: str, classes: dict[str, str]) -> Iterator[Row]:
    days = {"beginDate": said.get("from", ""), "endDate": said.get("until", "")}
    for kind, names in (("scheduled", said.get("classes", "")), ("homeroom", said.get("advisory", ""))):
        for name in dict.fromkeys(filter(None, _BETWEEN.split(names))):
            place = f"{kind}:{name.casefold()}"[:LONGEST_KEY]
            if place not in classes:
                classes[place] = name
                yield Row(Table.CLASSES, file, line, place, {"title": name[:200], "classType": kind}, [])
            told = {"classSourcedId": place, "userSourcedId": key, "role": role, **days}
            told = {word: value for word, value in told.items() if value}
            yield Row(Table.ENROLLMENTS, file, line, f"{key}@{place}"[:LONGEST_KEY], told, [])


__all__ = ["COLUMNS", "NEEDED", "READ_ALOUD", "known_plain", "read_plain"]
