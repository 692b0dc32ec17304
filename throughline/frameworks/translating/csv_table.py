"""A translation as a table (CSV): path, source, translation; read back with a word about every row. Pure."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.frameworks.tables.csv_reading import Problem, named_rows
from throughline.frameworks.tables.layout import unguarded
from throughline.frameworks.tables.writing import csv_text
from throughline.kit.text import clean_text

COLUMNS = ("path", "source", "translation")
LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Read:
    """The texts that can be kept, and what is wrong with the other rows."""

    texts: dict[str, str]
    problems: list[Problem]


def written(sources: Mapping[str, str], translated: Mapping[str, str]) -> str:
    """Every text with its translation."""
    rows = ((path, source, translated.get(path, "")) for path, source in sources.items())
    return csv_text(COLUMNS, rows)


def read(text: str, sources: Mapping[str, str]) -> Read:
    """Rows whose source is what the framework says now. Empty translations are left out: they change nothing."""
    try:
        reader = named_rows(text)
        names = [(name or "").strip().casefold() for name in reader.fieldnames or []]
        if not set(COLUMNS) <= set(names):
            return Read(
                {}, [Problem(1, _("The first line must name the columns path, source and translation."))]
            )
        reader.fieldnames = names
        found, problems = {}, []
        for row in reader:
            told = {name: unguarded(clean_text(row.get(name) or "")) for name in COLUMNS}
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
