"""What may be asked of the list of CASE documents: paging, order, filter and fields, as the standard's binding says. Pure.

A filter is one or more conditions with one kind of word between them: `title~'garden' AND language='en'`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.frameworks.case.schema import SHAPES, Table

USUAL_LIMIT, MOST = 100, 500
_KINDS = SHAPES["CFDocument"].fields
SORTABLE = frozenset(name for name, kind in _KINDS.items() if kind in ("text", "uuid", "moment", "date"))
SELECTABLE = frozenset(_KINDS) | {"CFPackageURI"}
NEEDED = (*SHAPES["CFDocument"].needed, "CFPackageURI")
_CONDITION = re.compile(r"\s*(\w+)\s*(!=|>=|<=|=|>|<|~)\s*'((?:[^']|'')*)'\s*")
_JOIN = re.compile(r"(AND|OR)\b")


class BadQuestion(Exception):
    """A question that the standard has no answer to: its code there, and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a filter."""

    field: str
    sign: str
    value: str

    def holds(self, row: Table) -> bool:
        """Whether a document meets it. A list meets it when one of its texts does; case does not count."""
        held = row.get(self.field)
        texts = held if isinstance(held, list) else [held]
        found = [
            _compared(str(text).casefold(), self.sign, self.value.casefold())
            for text in texts
            if text is not None
        ]
        return (all(found) if self.sign == "!=" else any(found)) if found else self.sign == "!="


def _compared(held: str, sign: str, value: str) -> bool:
    answers = {
        "=": held == value,
        "!=": held != value,
        "~": value in held,
        "<": held < value,
        "<=": held <= value,
        ">": held > value,
        ">=": held >= value,
    }
    return answers[sign]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, checked."""

    limit: int = USUAL_LIMIT
    offset: int = 0
    sort: str = ""
    descending: bool = False
    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    fields: frozenset[str] = frozenset()

    def answer(self, rows: Iterable[Table]) -> tuple[list[Table], int]:
        """The documents of this page, and how many there are on all pages."""
        join = any if self.any_of else all
        found = [
            row for row in rows if not self.conditions or join(each.holds(row) for each in self.conditions)
        ]
        if self.sort:
            found.sort(key=lambda row: str(row.get(self.sort, "")).casefold(), reverse=self.descending)
        elif self.descending:
            found.reverse()
        page = found[self.offset : self.offset + self.limit]
        if self.fields:
            kept = self.fields.union(NEEDED)
            page = [{name: value for name, value in row.items() if name in kept} for row in page]
        return page, len(found)

    def pages(self, total: int) -> dict[str, int]:
        """The offsets of the pages that a `Link` header names."""
        last = max(0, (total - 1) // self.limit * self.limit) if total else 0
        found = {"first": 0, "last": last}
        if self.offset + self.limit < total:
            found["next"] = self.offset + self.limit
        if self.offset:
            found["prev"] = max(0, min(self.offset - self.limit, last))
        return found


def question_in(asked: Mapping[str, str]) -> Question:
    """The question in the query of an address. Raises `BadQuestion`."""
    sort, order = asked.get("sort", ""), asked.get("orderBy", "")
    if sort and sort not in SORTABLE:
        raise BadQuestion(
            "invalid_sort_field", _("Documents cannot be sorted by “%(it)s”.") % {"it": sort[:80]}
        )
    if order not in ("", "asc", "desc"):
        raise BadQuestion("invalid_sort_field", _("orderBy must be asc or desc."))
    conditions, any_of = _conditions(asked.get("filter", ""))
    return Question(
        limit=min(_number(asked, "limit", USUAL_LIMIT, 1), MOST),
        offset=_number(asked, "offset", 0, 0),
        sort=sort,
        descending=order == "desc",
        conditions=conditions,
        any_of=any_of,
        fields=_fields(asked.get("fields", "")),
    )


def _number(asked: Mapping[str, str], name: str, usual: int, least: int) -> int:
    text = asked.get(name)
    if text is None:
        return usual
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
        raise BadQuestion(
            "invalid_selection_field",
            _("%(name)s must be a whole number of at least %(least)d.") % {"name": name, "least": least},
        )
    return int(text)


def _fields(text: str) -> frozenset[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in SELECTABLE:
            raise BadQuestion(
                "invalid_selection_field", _("A document has no field “%(it)s”.") % {"it": name[:80]}
            )
    return frozenset(names)


def _conditions(text: str) -> tuple[tuple[Condition, ...], bool]:
    if not text.strip():
        return (), False
    found: list[Condition] = []
    joins: set[str] = set()
    place = 0
    while True:
        match = _CONDITION.match(text, place)
        if not match or len(found) >= 20:
            raise BadQuestion(
                "invalid_selection_field",
                _("The filter cannot be read. Write it like this: title~'garden' AND language='en'."),
            )
        field, sign, value = match.groups()
        if field not in SELECTABLE:
            raise BadQuestion(
                "invalid_selection_field", _("A document has no field “%(it)s”.") % {"it": field[:80]}
            )
        found.append(Condition(field, sign, value.replace("''", "'")))
        place = match.end()
        if place == len(text):
            break
        join = _JOIN.match(text, place)
        joins.add(join[1] if join else "")
        if "" in joins or len(joins) > 1:
            raise BadQuestion(
                "invalid_selection_field",
                _("Join the conditions of a filter with AND throughout, or with OR throughout."),
            )
        place = match.end() + len(join[1] if join else "")
    return tuple(found), joins == {"OR"}
