"""Reading a pasted list of people. Pure: no database, no roles but those it is given.

A line holds one address. What stands before it is the name, what comes after it are roles. So `Name, address, role`,
`Name <address>`, and rows pasted from a spreadsheet (tabs or semicolons) are all read the same way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.kit.text import clean_line
from throughline.people.wording import NAME_LIMIT, checked_address, too_long

LIMIT = 500
_ADDRESS = re.compile(r"[^\s,;<>\"'()|]+@[^\s,;<>\"'()|]+")
_BETWEEN = re.compile(r"[\t;,|/]+")
_EDGE = " \t,;<>\"'()|"
_HEADINGS = {"name", "e-mail", "email", "mail", "address", "role", "roles", "nombre", "correo", "rol"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was understood, or the sentence that says why it was not."""

    number: int
    raw: str
    name: str = ""
    email: str = ""
    roles: tuple[str, ...] = ()
    error: str = ""


def read(text: str, *, roles: Mapping[str, str], usual: str) -> list[Line]:
    """Every line that says something. `roles` maps words in small letters to roles; `usual` is for lines without."""
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if not clean_line(raw) or (not lines and _is_heading(raw)):
            continue
        line = _read_line(number, raw, roles, usual)
        if line.email and line.email in seen and not line.error:
            same = _("The same address is in line %(number)d.") % {"number": seen[line.email]}
            line = Line(number, line.raw, line.name, line.email, line.roles, same)
        seen.setdefault(line.email, number)
        lines.append(line)
    return lines


def _is_heading(raw: str) -> bool:
    words = {word for word in re.split(r"[\s,;|]+", raw.casefold()) if word}
    return "@" not in raw and bool(words & _HEADINGS)


def _read_line(number: int, raw: str, roles: Mapping[str, str], usual: str) -> Line:
    shown = clean_line(raw)[:400]
    if "\x00" in raw:
        return Line(
            number,
            shown,
            error=_("This line contains a character that cannot be saved. Please type it again."),
        )
    found = list(_ADDRESS.finditer(raw))
    if not found:
        return Line(number, shown, error=_("There is no email address in this line."))
    if len(found) > 1:
        return Line(number, shown, error=_("There is more than one email address in this line."))
    match = found[0]
    name = _name(raw[: match.start()])
    words = [clean_line(word.strip(_EDGE)) for word in _BETWEEN.split(raw[match.end() :])]
    words = [word for word in words if word]
    if not name and words and words[0].casefold() not in roles:
        name = words.pop(0)
    try:
        email = checked_address(match.group())
    except ValidationError as error:
        return Line(number, shown, name, error=" ".join(error.messages))
    if len(name) > NAME_LIMIT:
        return Line(number, shown, name, email, error=too_long(NAME_LIMIT))
    unknown = [word for word in words if word.casefold() not in roles]
    if unknown:
        sentence = _("“%(word)s” is not a role here. Choose a role from the list.") % {
            "word": unknown[0][:60]
        }
        return Line(number, shown, name, email, error=sentence)
    held = tuple(dict.fromkeys(roles[word.casefold()] for word in words)) or (usual,)
    return Line(number, shown, name or email.partition("@")[0], email, held)


def _name(text: str) -> str:
    """Columns of a spreadsheet become one name; a comma may be part of it (`Haddad, Nadia`)."""
    stripped = text.strip(_EDGE)
    return clean_line(re.sub(r"[\t;|]+", " ", stripped).strip(_EDGE))
