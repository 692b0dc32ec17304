"""Whatever stands in a table of any layout, there is a reading or one kind of error, and nothing vanishes unsaid."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.conversion import fitted
from throughline.frameworks.case.mapping import Choice, propose
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import in_bytes, package_in
from throughline.frameworks.importing.sources import packed, read_source, unpacked

HEADINGS = {
    "own": ["Domain", "Competency", "Level", "Code", "Indicator", "Witnesses", "Description", "Other"],
    "whole": ["kind", "code", "text", "description", "level", "witnesses", "mark", "step 1"],
    "case": [
        *[
            "Identifier",
            "Full Statement",
            "Human Coding Scheme",
            "Is Child Of",
            "Sequence Number",
            "smartLevel",
        ],
        *["Education Level", "CF Item Type", "Precedes", "License", "Status End Date", "Is Part Of", "Other"],
    ],
    "moodle": [
        *["Parent ID number", "ID number", "Short name", "Description", "Scale values", "Is framework"],
        *["Taxonomy", "Cross-referenced competency ID numbers", "Rule config (optional)"],
    ],
    "canvas": [
        *["vendor_guid", "object_type", "title", "description", "display_name", "workflow_state"],
        *["parent_guids", "mastery_points", "ratings", "", "", "", ""],
    ],
}
WORDS = [
    "",
    "",
    "a",
    "b",
    "A.1",
    "1",
    "1.1",
    "2",
    "group",
    "outcome",
    "deleted",
    "domain",
    "competency",
    "x,y",
    "a b",
]
MORE = [
    "<p>One</p>",
    "=1+1",
    "#title",
    "advanced",
    "2026-01-02",
    "https://example.org/a",
    "null",
    "\u0000",
    "4",
]
CELLS = st.sampled_from([*WORDS, *MORE]) | st.text(max_size=12)


@st.composite
def tables(draw: Any) -> tuple[str, list[list[str]]]:
    layout = draw(st.sampled_from(sorted(HEADINGS)))
    headings = HEADINGS[layout]
    above = draw(st.lists(st.lists(CELLS, max_size=3), max_size=2))
    rows = draw(st.lists(st.lists(CELLS, max_size=len(headings) + 1), max_size=8))
    return layout, [*above, headings, *rows]


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


@given(table=tables())
@settings(max_examples=250)
def test_whatever_stands_in_it_there_is_a_reading_or_one_kind_of_error(
    table: tuple[str, list[list[str]]],
) -> None:
    try:
        source = read_source(io.BytesIO(as_csv(table[1])), "any.csv")
    except FrameworkProblem as problem:
        assert problem.sentence
        return
    again = unpacked(packed(source))
    assert (again.lines, again.columns, again.doubts) == (source.lines, source.columns, source.doubts)
    assert source.problems or source.plan or source.package
    if source.package is None:
        return
    propose(source.package)
    kept = package_in(source.package.kept)
    for edition in ("1.1", "1.0"):
        assert list(faults(fitted(package_in(source.package.kept), edition, "1.1"), edition)) == []
    names = [row["identifier"] for row in kept["CFItems"]]
    assert len(names) == len(set(names)) and kept["CFDocument"]["identifier"] not in names
    ties = [row["identifier"] for row in kept["CFAssociations"]]
    assert len(ties) == len(set(ties))
    try:
        source.chosen(Choice())
    except FrameworkProblem as problem:
        assert problem.sentence


MARKS = [f"mark{n}mark" for n in range(40)]


@pytest.mark.parametrize("layout", sorted(HEADINGS))
@given(data=st.data())
@settings(max_examples=60)
def test_every_cell_is_kept_or_told(layout: str, data: st.DataObject) -> None:
    headings = HEADINGS[layout]
    sensible = {
        "Domain": "Rope", "Competency": "Splices", "kind": "competency", "Level": "advanced", "level": "advanced",
        "Witnesses": "learner", "witnesses": "learner", "mark": "effect", "step 1": "",
        "Is Child Of": "", "Parent ID number": "", "parent_guids": "", "Is framework": "", "object_type": "outcome",
        "workflow_state": "active", "Status End Date": "2099-01-01", "smartLevel": "1", "Sequence Number": "1",
        "Is Part Of": "", "Scale values": "", "Taxonomy": "",
    }  # fmt: skip
    marks = iter(MARKS)
    row = [
        sensible[name] if name in sensible else next(marks) if data.draw(st.booleans()) else ""
        for name in headings
    ]
    for name in ("Full Statement", "text", "title", "Short name", "Competency"):
        if name in headings and not row[headings.index(name)]:
            row[headings.index(name)] = next(marks)
    before = [["domain", "", "Rope", *[""] * 5]] if layout == "whole" else []
    source = read_source(io.BytesIO(as_csv([headings, *before, row])), "any.csv")
    assert not source.problems, source.problems
    plan, _notes = source.chosen(Choice())
    held = repr(plan) + "".join(text for line in source.lines for text in line.lost)
    held += in_bytes(package_in(source.package.kept)).decode() if source.package else ""
    assert [cell for cell in row if cell.startswith("mark") and cell not in held] == []


@given(
    rows=st.lists(
        st.lists(st.one_of(st.none(), st.integers(), st.floats(), st.booleans(), CELLS), max_size=9),
        max_size=6,
    )
)
@settings(max_examples=40)
def test_a_workbook_of_anything_is_read_or_refused_with_a_sentence(rows: list[list[Any]]) -> None:
    made = Workbook()
    page = made.worksheets[0]
    page.append(HEADINGS["own"])
    for row in rows:
        page.append(
            [
                cell if not isinstance(cell, str) else "".join(c for c in cell if c.isprintable())
                for cell in row
            ]
        )
    out = io.BytesIO()
    made.save(out)
    try:
        source = read_source(io.BytesIO(out.getvalue()), "any.xlsx")
    except FrameworkProblem as problem:
        assert problem.sentence
    else:
        assert source.problems or source.plan
