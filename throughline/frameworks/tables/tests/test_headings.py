"""Which row names the columns is guessed carefully, and what single cells hide is read as shown, or said."""

import datetime
import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.tables.tests.samples import FIELDS, METAL, chosen, looks, source, workbook
from throughline.frameworks.tables.tests.test_tables import table


@pytest.mark.parametrize(
    "rows",
    [
        [FIELDS],
        [["Domain", "Competency"]],
        [["Our skills"], ["Domain", "Competency"], ["", ""]],
        [["vendor_guid", "object_type", "title"]],
    ],
)
def test_headings_without_rows_are_refused_with_a_sentence(rows: list[list[str]]) -> None:
    with pytest.raises(FrameworkProblem, match="no rows below"):
        source(table(*rows))


@pytest.mark.parametrize(
    "rows",
    [
        [["Rope", "Splices", "Competency"], ["Rope", "Whips an end", "Habit"], ["Sail", "Patches", "Task"]],
        [["Bereich", "Können", "Art"], ["Seil", "Spleißen", "Competency"], ["Segel", "Flicken", "Task"]],
        [["Tau", "Competency"], ["Segel", "Task"]],
        [["a", "b", "c", "d"], ["1", "Domain", "2", "3"], ["2", "Competency", "x", "y"]],
    ],
)
def test_a_row_of_data_with_one_known_word_is_not_taken_for_headings(rows: list[list[str]]) -> None:
    with pytest.raises(FrameworkProblem, match="no row of headings"):
        source(table(*rows))


def test_a_list_with_other_words_in_its_headings_is_read_and_what_is_not_kept_is_told() -> None:
    found = source(
        table(
            ["Strand", "Ability", "Kind"],
            ["Rope", "Splices", "Competency"],
            ["Rope", "Whips an end", "Habit"],
            ["Sail", "Patches", "Task"],
        )
    )
    assert found.plan is not None
    assert [(each.name, len(each.competencies)) for each in found.plan.domains] == [("Rope", 2), ("Sail", 1)]
    assert found.columns == [("Strand", "domain"), ("Ability", "competency"), ("Kind", "")]
    assert looks(found) == {2: ["Kind: Competency"], 3: ["Kind: Habit"], 4: ["Kind: Task"]}


def test_a_single_column_may_be_headed_by_one_word() -> None:
    assert [each.name for each in chosen(table(["Competency"], ["Splices"], ["Whips"])).competencies] == [
        "Splices",
        "Whips",
    ]


def test_what_stands_above_the_headings_is_told_and_doubted() -> None:
    found = source(table(["Our skills, 2026"], ["Domain", "Competency"], ["Rope", "Splices"]))
    assert looks(found) == {1: ["It is above the headings."]}
    assert found.at == 2 and "Row 2 was read as the headings" in found.doubts[0]


def test_headings_that_are_printed_again_are_passed_over() -> None:
    for rows in (
        [["Domain", "Competency"], ["Rope", "Splices"], ["domain", "Competency "], ["Sail", "Patches"]],
        [FIELDS, METAL[1], FIELDS, *METAL[2:]],
    ):
        found = source(table(*rows))
        assert not found.problems
        assert [line.becomes for line in found.lines if line.row in (3, 4)].count(("headings",)) == 1


def test_the_line_below_the_headings_of_a_markdown_table_is_no_competency() -> None:
    content = b"| Domain | Competency |\n|:---|---|\n| Rope | Splices |\n"
    assert [(each.name, each.competencies[0].name) for each in chosen(content).domains] == [
        ("Rope", "Splices")
    ]


def test_cells_without_a_heading_and_cells_that_mean_nothing_are_told() -> None:
    found = source(
        table(
            ["Domain", "", "Competency", "Indicator", "Level", "Witnesses"],
            ["Rope", "1", "Splices", "A short splice holds.", "advanced", "learner"],
            ["Rope", "", "Splices", "A long one too.", "foundational", ""],
            ["Rope", "", "Whips", "", "", "family"],
        )
    )
    assert looks(found) == {
        2: ["Column 2: 1"],
        3: ["Level: foundational"],
        4: ["Witnesses: family"],
    }


def test_in_the_whole_layout_cells_that_mean_nothing_are_told_too() -> None:
    found = source(
        table(
            ["kind", "text", "description", "level", "witnesses", "mark"],
            ["domain", "Rope", "What holds?", "advanced", "", ""],
            ["competency", "Splices", "", "advanced", "", ""],
            ["indicator", "It holds.", "Every time.", "", "learner", "effect"],
        )
    )
    assert looks(found) == {2: ["level: advanced"], 4: ["description: Every time.", "mark: effect"]}


def test_several_sheets_with_headings_are_doubted() -> None:
    found = source(
        workbook(
            Rope=[["Domain", "Competency"], ["Rope", "Splices"]],
            Sail=[["Domain", "Competency"], ["Sail", "Patches"]],
            Empty=[],
        )
    )
    assert "“Sail”" in found.doubts[0] and "Empty" not in found.doubts[0]


def test_numbers_are_read_as_the_sheet_shows_them_and_days_are_told() -> None:
    made = Workbook()
    page = made.worksheets[0]
    page.append(["Code", "Domain", "Competency", "Level"])
    for value, shown in ((1, "00"), (2, "0000"), (1.5, "0.00"), (7, '"K-"0'), (12, "0\\.0"), (0.5, "0%")):
        page.append([value, "Dye", f"Mixes {value}", "foundational"])
        page.cell(page.max_row, 1).number_format = shown
    page.append([datetime.date(2025, 1, 2), "Dye", 2024, "advanced"])
    out = io.BytesIO()
    made.save(out)
    found = source(out.getvalue(), "dye.xlsx")
    assert found.plan is not None
    assert [each.code for each in found.plan.competencies] == [
        "01",
        "0002",
        "1.50",
        "K-7",
        "1.2",
        "50%",
        "2025-01-02",
    ]
    assert found.plan.competencies[-1].name == "2024"
    assert list(looks(found)) == [8]
    assert "2025-01-02" in looks(found)[8][0] and "Code" in looks(found)[8][0]


@pytest.mark.parametrize("code", ["2-Jan", "Jan-02", "02.Jan.2025", "1/2/2025", "2025-01-02"])
def test_a_code_that_a_csv_holds_as_a_date_is_told(code: str) -> None:
    own = source(table(["Code", "Domain", "Competency"], [code, "Dye", "Mixes"], ["1-3", "Dye", "Tests"]))
    assert list(looks(own)) == [2] and "looks like a date" in looks(own)[2][0]
    case = source(table(["Human Coding Scheme", "Full Statement"], [code, "Mixes"], ["1.2.3", "Tests"]))
    assert list(looks(case)) == [2]


def formulas(results: dict[str, str]) -> bytes:
    """A workbook whose formulas have these results by cell, as a spreadsheet writes them; openpyxl writes none."""
    content = workbook(
        Sheet=[
            ["No", "Domain", "Competency", "Length"],
            ["=ROW()-1", "Rope", '="Ties a "&"bowline"', "=LEN(C2)"],
            ["=ROW()-1", "Rope", "Splices", "=LEN(C3)"],
        ]
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode() if name.endswith("sheet1.xml") else ""
            for cell, value in results.items() if part else ():
                sort = "" if value.isdecimal() else ' t="str"'
                part = re.sub(
                    rf'<c r="{cell}"[^>]*>(<f>.*?</f>)(?:<v ?/>|<v></v>)?</c>',
                    rf'<c r="{cell}"{sort}>\1<v>{value}</v></c>',
                    part,
                )
            new.writestr(name, part.encode() if part else old.read(name))
    return out.getvalue()


def test_formulas_nobody_reads_do_not_stand_in_the_way_and_are_told() -> None:
    content = workbook(
        Sheet=[
            ["No", "Domain", "Competency"],
            ["=ROW()-1", "Rope", "Bowline"],
            ["=ROW()-1", "Rope", "Splices"],
        ]
    )
    found = source(content, "rope.xlsx")
    assert found.plan is not None and len(found.plan.competencies) == 2
    assert [row[0].startswith("No: A cell contains a formula") for row in looks(found).values()] == [
        True,
        True,
    ]


@pytest.mark.parametrize("result", [{}, {"C2": "0"}])
def test_a_formula_without_a_result_says_nothing_whether_left_blank_or_written_as_0(
    result: dict[str, str],
) -> None:
    found = source(formulas(result), "rope.xlsx")
    assert found.plan is None
    assert {line.row: "without a stored result" in line.problem for line in found.problems} == {2: True}


def test_the_result_that_a_spreadsheet_kept_is_read_and_said() -> None:
    found = source(formulas({"C2": "Ties a bowline", "D2": "14"}), "rope.xlsx")
    assert found.plan is not None
    assert [each.name for each in found.plan.competencies] == ["Ties a bowline", "Splices"]
    assert "Competency: We read the result of a formula: Ties a bowline." in looks(found)[2]
    assert "Length: 14" in looks(found)[2]


def test_a_oneroster_table_is_named() -> None:
    with pytest.raises(FrameworkProblem, match="OneRoster table"):
        source(
            table(["sourcedId", "status", "dateLastModified", "name", "type"], ["1", "active", "", "A", "b"])
        )
