"""School years, terms and classes of a roster."""

from datetime import date

from throughline.rosters.importing.comparing.lines import Becomes, Staged, Work
from throughline.rosters.importing.days import read_day

_ADVISORY = ("homeroom", "advisory")


def years_and_terms(rows: list[Staged], work: Work) -> None:
    """Sessions of the type of a school year become one; others become terms of the year that they name."""
    for row in (row for row in rows if _type(row) == "schoolyear"):
        _year(row, work)
    for row in (row for row in rows if _type(row) != "schoolyear"):
        _term(row, rows, work)


def _type(row: Staged) -> str:
    return row.told.get("type", "").casefold().replace(" ", "")


def _span(row: Staged, work: Work) -> tuple[date, date] | None:
    begins, ends = row.day("startDate", work.day_first), row.day("endDate", work.day_first)
    if not (begins and ends):
        if not row.is_wrong:
            row.remark("days-missing", "startDate", fault=True)
        return None
    if ends <= begins:
        row.remark("ends-before", "endDate", fault=True)
        return None
    return begins, ends


def _year(row: Staged, work: Work) -> None:
    span, held, name = _span(row, work), work.held.years.get(row.key), row.told.get("title", "")[:100]
    if row.deleted or span is None:
        work.add(row, name, Becomes.SAME)
        return
    if held is None and name in work.held.year_names | {each[0] for each in work.years.values()}:
        name = f"{name[:86]} ({span[0].year}–{span[1].year})"
    told = (held.name if held else name, *span)
    if row.is_wrong:
        work.add(row, name, Becomes.WRONG)
        return
    work.years[row.key] = told
    work.year_of_term[row.key] = row.key
    same = held is not None and (held.starts_on, held.ends_on) == span
    becomes = Becomes.NEW if held is None else Becomes.SAME if same else Becomes.CHANGED
    work.add(row, name, becomes, year=told)


def _term(row: Staged, rows: list[Staged], work: Work) -> None:
    span, name = _span(row, work), row.told.get("title", "")[:100]
    if row.deleted or span is None or row.is_wrong:
        work.add(row, name, Becomes.SAME)
        return
    year = _year_of(row, rows, work, span)
    if not year:
        row.remark("year-unknown", "schoolYear")
        work.add(row, name, Becomes.SAME)
        return
    work.year_of_term[row.key] = year
    held = work.held.terms.get(row.key)
    becomes = Becomes.NEW if held is None else Becomes.SAME if held[1:] == (name, *span) else Becomes.CHANGED
    work.add(row, name, becomes, term=(name, *span), year_key=year)


def _year_of(row: Staged, rows: list[Staged], work: Work, span: tuple[date, date]) -> str:
    """The key of the year of a term: its parent's, or the one that its number names, which is made when there is none."""
    parents = {each.key: each for each in rows}
    at, steps = row, 0
    while (parent := at.told.get("parentSourcedId", "")) in parents and steps < 5:
        if parent in work.years:
            return parent
        at, steps = parents[parent], steps + 1
    said = row.told.get("schoolYear", "")[:4]
    if not (len(said) == 4 and said.isascii() and said.isdigit()):
        return ""
    ends = int(said)
    if not 1900 < ends < 2200:
        return ""
    for key, (_name, _begins, until) in work.years.items():
        numbered = key in parents and parents[key].told.get("schoolYear", "").startswith(said)
        if numbered or (until.year == ends and not key.startswith("year:")):
            return key
    key = f"year:{said}"
    begun, until = _spanning(rows, said, work, span)
    if key not in work.years:
        held = work.held.years.get(key)
        told = (held.name if held else f"{ends - 1}–{ends}", begun, until)
        work.years[key] = told
        if held is None:
            work.without_row("academicSessions", told[0], Becomes.NEW, year=told, year_key_own=key)
    return key


def _spanning(rows: list[Staged], said: str, work: Work, span: tuple[date, date]) -> tuple[date, date]:
    begins, ends = [span[0]], [span[1]]
    for row in rows:
        if row.told.get("schoolYear", "").startswith(said) and not row.is_wrong:
            first, last = (
                read_day(row.told.get(name, ""), day_first=work.day_first)
                for name in ("startDate", "endDate")
            )
            begins += [first] if first else []
            ends += [last] if last else []
    return min(begins), max(ends)


def classes(rows: list[Staged], work: Work) -> None:
    """Classes and advisory groups of this school."""
    for row in rows:
        name = row.told.get("title", "")[:200]
        if not work.is_ours([row.told["schoolSourcedId"]] if "schoolSourcedId" in row.told else []):
            work.add(row, name, Becomes.ELSEWHERE)
            continue
        _class(row, name, work)


def _class(row: Staged, name: str, work: Work) -> None:
    held = work.held.sections.get(row.key)
    if row.deleted:
        gone = held is None or held.archived_at is not None
        work.add(row, name, Becomes.SAME if gone else Becomes.ENDED, section=held.pk if held else None)
        return
    if row.key in work.sections:
        row.remark("id-twice", "sourcedId", fault=True)
    kind = "advisory" if row.told.get("classType", "").casefold() in _ADVISORY else "class"
    years = [work.year_of_term[key] for key in row.many("termSourcedIds") if key in work.year_of_term]
    if row.told.get("termSourcedIds") and not years:
        row.remark("term-unknown", "termSourcedIds", said=row.told["termSourcedIds"][:60])
    if row.is_wrong:
        work.add(row, name, Becomes.WRONG)
        return
    work.sections[row.key] = name
    year = years[0] if years else ""
    told = {"name": name, "kind": kind, "year_key": year}
    if held is None:
        work.add(row, name, Becomes.NEW, **told)
        return
    held_year = work.held.years.get(year)
    other_year = bool(year) and (held_year is None or held_year.pk != held.year_id)
    changed = (held.name, held.kind) != (name, kind) or other_year or held.archived_at is not None
    work.add(row, name, Becomes.CHANGED if changed else Becomes.SAME, section=held.pk, **told)
