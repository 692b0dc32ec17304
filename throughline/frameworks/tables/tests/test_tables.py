"""Frameworks as tables: what is written reads back the same, and whatever arrives is told row by row."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from throughline.frameworks.blueprint import (
    Blueprint,
    FrameworkProblem,
)
from throughline.frameworks.case.mapping import Choice, blueprint_of
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.publishing.toml_reading import read_toml
from throughline.frameworks.tables.layout import joined, several
from throughline.frameworks.tables.reading import Reading, read_table
from throughline.frameworks.tables.writing import as_csv, as_xlsx, template
from throughline.frameworks.tests.packages import garden, raw
from throughline.kit.text import clean_line

SHIPPED = Path(__file__).parents[2] / "data" / "journey.toml"


def table(*rows: list[str], separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode()


def book(*rows: list[Any], name: str = "Sheet") -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes) -> Reading:
    return read_table(content, "From the file")


def plan_of(content: bytes) -> Blueprint:
    reading = read(content)
    assert reading.problems == []
    assert reading.plan is not None
    return reading.plan


def problems(content: bytes) -> dict[int, str]:
    reading = read(content)
    assert reading.plan is None and reading.package is None
    return {line.row: line.problem for line in reading.problems}


SIMPLE = [
    ["Domain", "Competency", "Level", "Description"],
    ["Soil", "Compost", "", "A warm heap."],
    ["Soil", "Mulch", "advanced", ""],
    ["Water", "Rain", "F", ""],
]


def test_a_simple_table_with_two_columns_is_enough() -> None:
    plan = plan_of(table(["domain", "competency"], ["Soil", "Compost"], ["Soil", "Mulch"], ["Water", "Rain"]))
    assert [(each.name, [c.name for c in each.competencies]) for each in plan.domains] == [
        ("Soil", ["Compost", "Mulch"]),
        ("Water", ["Rain"]),
    ]
    assert [each.code for each in plan.competencies] == ["compost", "mulch", "rain"]
    assert (plan.title, plan.code, plan.borrows_steps) == ("From the file", "from-the-file", True)
    assert len(plan.content["steps"]) == 4


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_separator_and_any_unicode_reads_the_same(separator: str, encoding: str) -> None:
    rows = [*SIMPLE, ["الماء", "السقي; مساءً, دائماً", "", "É"]]
    content = table(*rows, separator=separator).decode().encode(encoding)
    assert plan_of(content) == plan_of(table(*rows))
    assert read(content).notes == read(table(*rows)).notes


def test_windows_letters_are_read_and_said() -> None:
    reading = read(table(["domain", "competency"], ["Año", "Niñez"]).decode().encode("cp1252"))
    assert reading.plan is not None and reading.plan.domains[0].name == "Año"
    assert any("Windows-1252" in note for note in reading.notes)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_line_ends_blank_rows_and_lines_above_the_headings(ends: str) -> None:
    content = table(["Our list"], [], *SIMPLE[:2], [], *SIMPLE[2:]).decode().replace("\r\n", ends).encode()
    plan = plan_of(content)
    assert plan == plan_of(table(*SIMPLE))
    assert [(line.row, bool(line.lost)) for line in read(content).lines] == [
        (1, True),
        (4, False),
        (6, False),
        (7, False),
    ]


def test_cells_that_are_left_blank_or_repeated_mean_the_row_above() -> None:
    plan = plan_of(
        table(
            ["Domain", "Competency", "Indicator", "Witnesses"],
            ["Soil", "Compost", "It is warm.", "learner; families"],
            ["", "", "No plastic.", "educator"],
            ["Soil", "Compost", "It smells of earth.", ""],
            ["", "Mulch", "", ""],
            ["Water", "Rain", "One.\nTwo.", ""],
            ["Soil", "Stones", "", ""],
        )
    )
    soil, water = plan.domains
    assert [each.name for each in soil.competencies] == ["Compost", "Mulch", "Stones"]
    assert [each.text for each in soil.competencies[0].indicators] == [
        "It is warm.",
        "No plastic.",
        "It smells of earth.",
    ]
    assert soil.competencies[0].indicators[0].witnesses == ("learner", "family")
    assert [each.text for each in water.competencies[0].indicators] == ["One.", "Two."]


def test_every_wrong_row_is_told_at_once() -> None:
    found = problems(
        table(
            ["kind", "code", "text", "level", "witnesses", "step 1", "step 2"],
            ["title", "", "Garden", "", "", "", ""],
            ["competency", "", "Too early", "", "", "", ""],
            ["domain", "", "", "", "", "", ""],
            ["competency", "a", "Compost", "expert", "", "", ""],
            ["indicator", "", "Warm", "", "neighbour", "", ""],
            ["planet", "", "Mars", "", "", "", ""],
            ["", "", "What am I?", "", "", "", ""],
            ["domain", "", "Soil", "", "", "", ""],
            ["competency", "a", "Compost", "", "", "", ""],
            ["competency", "a", "Mulch", "", "", "One.", ""],
            ["competency", "b", "Mulch", "", "", "One.", ""],
            ["competency", "a", "Stones", "", "", "", ""],
            ["title", "", "Again", "", "", "", ""],
            ["step", "", "Late", "", "", "", ""],
        )
    )
    assert sorted(found) == [3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15]
    for row, says in {
        3: "no domain above",
        4: "missing",
        5: "foundational or advanced",
        6: "neighbour",
        7: "not a kind of row",
        8: "does not say",
        11: "Describe all 4 steps",
        13: "already used in row 10",
        14: "twice",
        15: "before the first domain",
    }.items():
        assert says in found[row], found[row]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"hello there", "hello there"),
        (b"\x00\x01\x02\x03binary" * 20, "not a table"),
        (b"\xd0\xcf\x11\xe0 old", "XLSX or CSV"),
        (b"PK\x03\x04 broken", "damaged"),
        (table(["domain", "competency", "Domain"], ["a", "b", "c"]), "headed"),
        (table(["domain", "competency"]), "at least one competency"),
        (table(["domain", "competency", *map(str, range(80))], ["a", "b"]), "columns"),
        (table(["kind", "code"], ["domain", "x"]), "headings"),
    ],
)
def test_what_is_no_table_of_a_framework_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(FrameworkProblem, match=says):
        read(content)


def test_an_open_quotation_mark_does_not_swallow_the_rest() -> None:
    content = table(["domain", "competency"], ["Soil", "Compost"]) + b'"Water,Rain\r\nMore,Things\r\n'
    assert "quotation mark" in problems(content)[3]


def test_a_table_has_four_steps_or_none() -> None:
    def steps(count: int) -> bytes:
        rows = [["step", f"Step {n}"] for n in range(count)]
        return table(["kind", "text"], *rows, ["domain", "Soil"], ["competency", "Compost"])

    assert "four steps" in problems(steps(3))[4]
    assert "four steps" in problems(steps(5))[6]
    assert len(plan_of(steps(4)).content["steps"]) == 4


def test_what_is_far_too_large_is_told_quickly() -> None:
    assert "far too long" in problems(b"domain,competency\n" + b"a" * 2_000_000)[2]
    with pytest.raises(FrameworkProblem, match="columns"):
        read(b"domain,competency" + b",x" * 500_000)
    with pytest.raises(FrameworkProblem, match="40000 rows"):
        read(b"domain,competency\n" + b"a,b\n" * 50_000)
    with pytest.raises(FrameworkProblem, match="neither text"):
        read("domain,competency\na,\ud800".encode("utf-16", "surrogatepass"))


def far_away(content: bytes, more: bytes) -> bytes:
    """The workbook with more rows at the end of its first sheet, as no spreadsheet would write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"</sheetData>", more + b"</sheetData>"))
    return out.getvalue()


def test_a_cell_at_the_far_end_of_a_workbook_costs_nothing() -> None:
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    plan = plan_of(far_away(book(["domain", "competency"], ["Soil", "Compost"]), cell))
    assert [each.name for each in plan.competencies] == ["Compost"]


def test_a_long_text_that_many_cells_point_at_is_not_taken_many_times() -> None:
    made = Workbook(write_only=True)
    sheet = made.create_sheet()
    for row in (["domain", "competency", "description"], ["Soil", "Compost", " long " * 9_000]):
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    assert "A cell here is longer" in problems(out.getvalue())[2]


def test_only_the_first_sheets_are_looked_at_for_headings() -> None:
    made = Workbook()
    for number in range(30):
        made.create_sheet(f"Empty {number}").append(["nothing"])
    made.create_sheet("Late").append(["domain", "competency"])
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(FrameworkProblem, match="no row of headings"):
        read(out.getvalue())


def test_a_bomb_and_a_hidden_declaration_are_refused_unopened() -> None:
    plain = book(["domain", "competency"], ["Soil", "Compost"])
    with pytest.raises(FrameworkProblem, match="too large when opened"):
        read(far_away(plain, b"<row/>" * 3_000_000))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet')
            )
    with pytest.raises(FrameworkProblem, match="damaged"):
        read(out.getvalue())


def test_more_cells_than_headings_are_refused_and_fewer_are_blank() -> None:
    content = table(["domain", "competency", "level"], ["Soil", "Compost"], ["Soil", "Mulch", "", "lost"])
    assert list(problems(content)) == [3]


def test_columns_that_are_not_known_are_said() -> None:
    reading = read(table(["domain", "competency", "Colour"], ["Soil", "Compost", "brown"]))
    assert any("Colour" in note for note in reading.notes)


def test_a_nul_and_a_long_cell() -> None:
    assert plan_of(b"domain,competency\nSoil,Com\x00post\n").competencies[0].name == "Compost"
    assert "20000" in problems(table(["domain", "competency", "description"], ["S", "C", "x" * 20_001]))[2]
    assert "600" in problems(table(["domain", "competency"], ["S", "x" * 601]))[2]


def test_formulas_are_refused_in_a_workbook_and_are_text_in_csv() -> None:
    content = book(["domain", "competency"], ["Soil", "=1+1"], ["Soil", "Fine"])
    assert "formula" in problems(content)[2]
    assert plan_of(table(["domain", "competency"], ["Soil", "=1+1"])).competencies[0].name == "=1+1"


def test_a_workbook_reads_numbers_days_and_the_sheet_that_has_headings() -> None:
    made = Workbook()
    first = made.active
    assert first is not None
    first.append(["About this file"])
    second = made.create_sheet("Skills")
    second.append(["Domain", "Competency", "Description"])
    second.append([1, 2.0, None])
    out = io.BytesIO()
    made.save(out)
    reading = read(out.getvalue())
    assert reading.plan is not None
    assert (reading.plan.domains[0].name, reading.plan.competencies[0].name) == ("1", "2")
    assert any("Skills" in note for note in reading.notes)


def test_codes_are_made_from_names_and_do_not_depend_on_the_order() -> None:
    rows = [["Soil", "Plan"], ["Water", "Plan"], ["Soil", "C++"], ["Soil", "C"], ["Air", "تنفس"]]
    codes = [each.code for each in plan_of(table(["domain", "competency"], *rows)).competencies]
    turned = [each.code for each in plan_of(table(["domain", "competency"], *reversed(rows))).competencies]
    assert len(set(codes)) == 5
    assert set(codes) == set(turned)
    assert codes[:2] == ["soil-plan", "plan"] or {"soil-plan", "water-plan"} <= set(codes)


def test_a_table_of_a_case_tool_becomes_a_package() -> None:
    reading = read(
        table(
            [
                "Identifier",
                "Full Statement",
                "Human Coding Scheme",
                "Is Child Of",
                "Sequence Number",
                "Item Type",
            ],
            ["i3", "Mulch", "S.2", "i1", "2", "Skill"],
            ["i2", "Compost", "S.1", "i1", "1", "Skill"],
            ["i1", "Soil", "S", "", "", "Area"],
            ["i4", "Rain", "", "S", "10", "Skill"],
        )
    )
    assert reading.package is not None
    assert [node.statement for node in reading.package.nodes()] == ["Soil", "Compost", "Mulch", "Rain"]
    plan, _notes = blueprint_of(reading.package, Choice())
    assert [each.name for each in plan.competencies] == ["Compost", "Mulch", "Rain"]


def test_rows_of_a_case_table_are_told_too() -> None:
    found = problems(
        table(
            ["identifier", "fullStatement", "isChildOf"],
            ["i1", "Soil", ""],
            ["i1", "Again", ""],
            ["", "", "i1"],
            ["i2", "", ""],
            ["i3", "Lost", "nowhere"],
            ["i4", "Lost too", "elsewhere"],
        )
    )
    assert sorted(found) == [3, 4, 5, 6, 7]


def test_a_table_without_parents_is_a_tree_by_its_numbering() -> None:
    reading = read(
        table(
            [
                "identifier",
                "fullStatement",
                "humanCodingScheme",
                "smartLevel",
                "CFItemType",
                "lastChangeDateTime",
            ],
            ["i5", "Tenth", "S.10", "1.10", "Standard", "2017-08-23 23:48:15"],
            ["i2", "Second", "S.2", "1.2", "Standard", "2019-01-02 03:04:05"],
            ["i1", "Soil", "", "1", "Strand", ""],
            ["i3", "Below", "S.2.a", "1.2.1", "Component", ""],
            ["i4", "Nowhere", "", "", "", ""],
        )
    )
    assert reading.package is not None
    told = [(node.depth, node.statement) for node in reading.package.nodes()]
    assert told == [(1, "Soil"), (2, "Second"), (3, "Below"), (2, "Tenth"), (1, "Nowhere")]
    assert (reading.package.changed, reading.package.title) == ("2019-01-02", "From the file")


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_the_shipped_framework_a_case_package_and_the_template_survive(write: Any) -> None:
    case, _notes = blueprint_of(read_case(raw(garden())), Choice())
    for plan in (read_toml(SHIPPED), case):
        back = plan_of(write(plan))
        assert back.fingerprint() == plan.fingerprint()
        assert (back.code, back.number, back.source_identifier) == (
            plan.code,
            plan.number,
            plan.source_identifier,
        )
    assert plan_of(write(template())).competencies == template().competencies


@given(
    content=st.one_of(
        st.binary(max_size=300), st.text(max_size=200).map(lambda t: f"domain,competency\n{t}".encode())
    )
)
@settings(max_examples=300)
def test_whatever_bytes_arrive_there_is_a_reading_or_one_kind_of_error(content: bytes) -> None:
    try:
        reading = read(content)
    except FrameworkProblem as problem:
        assert problem.sentence
    else:
        assert reading.problems or reading.plan or reading.package


@given(st.lists(st.text(min_size=1).map(clean_line).filter(bool), max_size=4))
def test_several_texts_in_one_cell_come_out_as_they_went_in(texts: list[str]) -> None:
    assert several(joined(texts)) == texts


def test_several_texts_in_one_cell_may_stand_between_any_of_the_usual_signs() -> None:
    assert several("A.1, A.2;A.3\n A.4 ;; ") == ["A.1", "A.2", "A.3", "A.4"]
    assert several('"with; a sign", 5" nail, "said ""so""", "open') == [
        "with; a sign",
        '5" nail',
        'said "so"',
        '"open',
    ]
