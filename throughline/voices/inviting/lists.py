"""Reading a list of e-mail addresses that was pasted or came as a file. No database.

A line holds one address. What else stands in it (a name, a class) is not needed and goes nowhere, but for the name of a
language in which the letter is wanted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.tables.csv_reading import text_of, text_rows
from throughline.frameworks.tables.xlsx_reading import sheets_of
from throughline.kit.text import clean_line
from throughline.people.wording import checked_address

MOST_MB = 1
_ZIP = b"PK\x03\x04"
_ADDRESS = re.compile(r"[^\s,;<>\"'()|]+@[^\s,;<>\"'()|]+")
_BETWEEN = re.compile(r"[\t;,|]+")
_EDGE = " \t,;<>\"'()|"
_SHOWN = 200


class Kind(StrEnum):
    """What became of a line. `wrong` ones have to be put right before anything is sent."""

    WRONG = "wrong"
    HEADING = "heading"
    DOUBLED = "doubled"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was understood; `said` is why it gets no letter."""

    number: int
    raw: str
    kind: Kind
    email: str = ""
    language: str = ""
    said: str = ""


def language_words(languages: Sequence[str]) -> dict[str, str]:
    """Every word by which a line may name one of these languages, in small letters."""
    words = {}
    for code in languages:
        words[code.casefold()] = code
        try:
            info = get_language_info(code)
        except KeyError:
            continue
        words |= {str(info[name]).casefold(): code for name in ("name", "name_local")}
        for interface, _name in settings.LANGUAGES:
            with translation.override(interface):
                words[translation.gettext(info["name"]).casefold()] = code
    return words


def read(text: str, *, words: Mapping[str, str], usual: str) -> list[Line]:
    """Every line that says something; `usual` is the language of lines that name none."""
    lines: list[Line] = []
    seen: dict[str, int] = {}
    has_any = "@" in text
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if not clean_line(raw):
            continue
        if has_any and not lines and "@" not in raw:
            lines.append(Line(number, _shown(raw), Kind.HEADING, said=_("Read as a heading.")))
            continue
        line = _read_line(number, raw, words, usual)
        if line.email in seen:
            same = _("The same address is in line %(number)d. It gets one letter.") % {
                "number": seen[line.email]
            }
            line = Line(number, line.raw, Kind.DOUBLED, line.email, said=same)
        if line.email:
            seen.setdefault(line.email, number)
        lines.append(line)
    return lines


def _read_line(number: int, raw: str, words: Mapping[str, str], usual: str) -> Line:
    found = list(dict.fromkeys(each.group() for each in _ADDRESS.finditer(raw)))
    if len(found) != 1:
        said = (
            _("There is more than one email address in this line.")
            if found
            else _("There is no email address in this line.")
        )
        return Line(number, _shown(raw), Kind.WRONG, said=said)
    try:
        email = checked_address(found[0])
    except ValidationError as error:
        return Line(number, _shown(raw), Kind.WRONG, said=" ".join(error.messages))
    cells = (clean_line(each.strip(_EDGE)).casefold() for each in _BETWEEN.split(raw))
    language = next((words[each] for each in cells if each in words), usual)
    return Line(number, email, Kind.FINE, email, language)


def _shown(raw: str) -> str:
    return clean_line(raw)[:_SHOWN]


def text_in(raw: bytes, words: Mapping[str, str]) -> str:
    """What a file says (XLSX, CSV or plain text), as one would paste it. Raises `ValidationError` with a sentence."""
    if len(raw) > MOST_MB * 1024 * 1024:
        raise ValidationError(_("This file is larger than %(limit)d MB.") % {"limit": MOST_MB})
    try:
        rows = _workbook(raw) if raw.startswith(_ZIP) else text_rows(text_of(raw, []), {})
    except FrameworkProblem as problem:
        if raw.startswith(_ZIP):
            raise ValidationError(problem.sentence) from None
        raise ValidationError(
            _("This file cannot be read. Save the list as XLSX, CSV or plain text.")
        ) from None
    return "\n".join(line for _number, cells in rows if (line := _needed(cells, words)))


def _workbook(raw: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet with an address in it, or the first at all."""
    sheets = [each for each in sheets_of(raw, lambda rows: True) if each.rows]
    if not sheets:
        raise ValidationError(_("This file is empty."))
    return next((each for each in sheets if "@" in str(each.rows)), sheets[0]).rows


def _needed(cells: list[str], words: Mapping[str, str]) -> str:
    """Of a row with one address only that and its language: whose it is, nobody here has to know."""
    line = "\t".join(clean_line(each) for each in cells).strip()
    if len(set(_ADDRESS.findall(line))) != 1:
        return line
    kept = [each for each in cells if "@" in each or each.strip().casefold() in words]
    return ", ".join(clean_line(each) for each in kept)
