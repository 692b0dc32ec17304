"""A translation as a table (CSV): path, source, translation; read back with a word about every row. Pure."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.frameworks.crosswalks.csv_table import Problem
from throughline.kit.text import clean_text

COLUMNS = ("path", "source", "translation")
LIMIT = 20_000
_RISKY = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Read:
    """The texts that can be kept, and what is wrong with the other rows."""

    texts: dict[str, str]
    problems: list[Problem]


def written(sources: Mapping[str, str], translated: Mapping[str, str]) -> str:
    """Every text with its translation; cells that a spreadsheet would run as a formula are kept as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for path, source in sources.items():
        writer.writerow([path, _guarded(source), _guarded(translated.get(path, ""))])
    return out.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_RISKY) else text


def read(text: str, sources: Mapping[str, str]) -> Read:
    """Rows whose source is what the framework says now. Empty translations are left out: they change nothing."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=mark)
        names = [(name or "").strip().casefold() for name in reader.fieldnames or []]
        if not set(COLUMNS) <= set(names):
            return Read(
                {}, [Problem(1, _("The first line must name the columns path, source and translation."))]
            )
        reader.fieldnames = names
        found, problems = {}, []
        for row in reader:
            told = {name: _bare(clean_text(row.get(name) or "")) for name in COLUMNS}
            wrong = _wrong(told, sources)
            if wrong:
                problems.append(Problem(reader.line_num, wrong))
            elif told["translation"]:
                found[told["path"]] = told["translation"]
    except csv.Error as error:
        return Read({}, [Problem(1, _("This is not a readable table (%(why)s).") % {"why": error})])
    return Read(found, problems)


def _wrong(told: Mapping[str, str], sources: Mapping[str, str]) -> str:
    if not any(told.values()):
        return ""
    if told["path"] not in sources:
        return _("There is no text “%(path)s” in this version.") % {"path": told["path"]}
    if told["translation"] and told["source"] != clean_text(sources[told["path"]]):
        return _("“%(path)s” has changed since then, so its translation was skipped.") % {
            "path": told["path"]
        }
    if len(told["translation"]) > LIMIT:
        return _("A text is longer than %(limit)d characters.") % {"limit": LIMIT}
    return ""
