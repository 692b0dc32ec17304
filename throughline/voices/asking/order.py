"""Where questions stand: those that come along in the framework's order, a school's own where it put them. Pure rules.

Respondents meet a domain at a time, in it first what is chosen from and then what is written. A school's own question is
moved within that; what it is about says to which domain it belongs.
"""

from collections.abc import Sequence

from throughline.voices.models import Question


def as_asked(rows: Sequence[Question]) -> list[Question]:
    """The questions as respondents meet them, from rows by position."""
    domains: dict[str, list[Question]] = {}
    for row in rows:
        domains.setdefault(row.domain, []).append(row)
    return [row for asked in domains.values() for row in sorted(asked, key=lambda each: each.kind == "open")]


def together(one: Question, other: Question) -> bool:
    """Whether they can change places."""
    return (one.domain, one.kind) == (other.domain, other.kind)


def merged(bank: Sequence[Question], before: Sequence[Question]) -> list[Question]:
    """The questions of the bank in their order, and the school's own of `before` each behind what it stood behind."""
    found, codes = list(bank), {row.code for row in bank}
    stood = as_asked(before)
    for place, own in enumerate(stood):
        if not own.own:
            continue
        behind = [row for row in stood[:place] if together(row, own) and not row.own and row.code in codes]
        found.insert(_after(found, behind[-1]) if behind else _first(found, own), own)
    return as_asked(found)


def _after(rows: list[Question], anchor: Question) -> int:
    """Behind the anchor and those of the school's own that stand there already."""
    at = next(place for place, row in enumerate(rows) if row.code == anchor.code) + 1
    while at < len(rows) and rows[at].own:
        at += 1
    return at


def _first(rows: list[Question], own: Question) -> int:
    """Before the first of the bank that it stands together with; at the end where there is none."""
    return next((place for place, row in enumerate(rows) if together(row, own) and not row.own), len(rows))
