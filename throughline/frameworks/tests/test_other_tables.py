"""Tables that other programs write: nothing in them is lost, or it is said row by row before anything is published."""

import csv
import datetime
import io
import re
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from throughline.frameworks.actions import imports as verbs
from throughline.frameworks.blueprint import Blueprint, FrameworkProblem
from throughline.frameworks.case_fields import faults
from throughline.frameworks.case_keeping import in_bytes, package_in
from throughline.frameworks.case_mapping import Choice, propose
from throughline.frameworks.case_reading import read_case
from throughline.frameworks.file_forms import FORMS
from throughline.frameworks.sources import Source, read_source
from throughline.frameworks.tests.test_imports import bring
from throughline.frameworks.tests.test_sheets import table
from throughline.schools.models import Membership

IDS = [f"5d0f2a3e-0c11-4c6e-9f60-1b1f6f0c000{n}" for n in range(1, 6)]
FIELDS = [
    "Identifier",
    "Full Statement",
    "Human Coding Scheme",
    "CF Item Type",
    "Education Level",
    "Is Child Of",
    "Precedes",
]
METAL = [
    FIELDS,
    [IDS[0], "Metal", "M", "Strand", "09", "", ""],
    [IDS[1], "Forges a hook", "M.1", "Standard", "09,10", IDS[0], IDS[2]],
    [IDS[2], "Welds", "M.2", "Standard", "10", IDS[0], ""],
    [IDS[3], "Strikes an arc", "M.2.a", "Component", "", IDS[2], ""],
]


def workbook(**sheets: list[list[Any]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def source(content: bytes, name: str = "metal work.csv") -> Source:
    return read_source(io.BytesIO(content), name)


def chosen(content: bytes, name: str = "metal work.csv") -> Blueprint:
    return source(content, name).chosen(Choice())[0]


def package(content: bytes, name: str = "metal work.csv") -> dict[str, Any]:
    found = source(content, name)
    assert found.package is not None, [line.problem for line in found.problems]
    return package_in(found.package.kept)


def items(content: bytes, name: str = "metal work.csv") -> dict[str, dict[str, Any]]:
    return {row["fullStatement"]: row for row in package(content, name)["CFItems"]}


def ties(content: bytes) -> set[tuple[str, str, str]]:
    made = package(content)
    names = {row["identifier"]: row["fullStatement"] for row in made["CFItems"]}
    names[made["CFDocument"]["identifier"]] = "*"
    return {
        (
            names.get(row["originNodeURI"]["identifier"], row["originNodeURI"]["identifier"]),
            row["associationType"],
            names.get(row["destinationNodeURI"]["identifier"], row["destinationNodeURI"]["uri"]),
        )
        for row in made["CFAssociations"]
    }


def looks(found: Source) -> dict[int, list[str]]:
    return {line.row: [*line.lost, *line.remarks] for line in found.remarked}


# Tables of CASE tools


def test_a_case_table_keeps_codes_types_levels_and_what_comes_before_what() -> None:
    metal = items(table(*METAL))
    assert {name: row.get("humanCodingScheme") for name, row in metal.items()} == {
        "Metal": "M",
        "Forges a hook": "M.1",
        "Welds": "M.2",
        "Strikes an arc": "M.2.a",
    }
    assert [row["CFItemType"] for row in metal.values()] == ["Strand", "Standard", "Standard", "Component"]
    assert [row.get("educationLevel") for row in metal.values()] == [["09"], ["09", "10"], ["10"], None]
    assert ties(table(*METAL)) == {
        ("Metal", "isChildOf", "*"),
        ("Forges a hook", "isChildOf", "Metal"),
        ("Welds", "isChildOf", "Metal"),
        ("Strikes an arc", "isChildOf", "Welds"),
        ("Forges a hook", "precedes", "Welds"),
    }
    assert looks(source(table(*METAL))) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("edition", ["1.1", "1.0"])
def test_what_a_case_table_said_goes_out_again_and_is_valid(lead: Membership, edition: str) -> None:
    done = verbs.publish_import(by=lead, kept=bring(lead, table(*METAL), "metal.csv"), choice=Choice())
    raw = FORMS[f"case-{edition}"].made(done.version)
    made = read_case(raw)
    assert {node.code: node.kind for node in made.nodes()} == {
        "M": "Strand",
        "M.1": "Standard",
        "M.2": "Standard",
        "M.2.a": "Component",
    }
    out = package_in(made.kept)
    assert list(faults(out, edition)) == []
    assert {row["humanCodingScheme"]: row.get("educationLevel") for row in out["CFItems"]} == {
        "M": ["09"],
        "M.1": ["09", "10"],
        "M.2": ["10"],
        "M.2.a": None,
    }
    assert [row["associationType"] for row in out["CFAssociations"]].count("precedes") == 1
    assert {row["identifier"] for row in out["CFItems"]} == set(IDS[:4])


BAKING = {
    "CF_Doc": [
        ["identifier", "creator", "title", "version", "subject", "colour"],
        ["7b1d0000-0000-4000-8000-000000000040", "Riverbend", "Baking skills", "3", "Bread|Cake", "brown"],
    ],
    "CF_Item": [
        ["identifier", "fullStatement", "humanCodingScheme", "smartLevel", "listEnumeration", "CFItemType"],
        ["7b1d0000-0000-4000-8000-000000000041", "Baking", "B", "1", "1", "Strand"],
        ["7b1d0000-0000-4000-8000-000000000042", "Kneads dough", "B.1", "1.1", "1", "Standard"],
        ["7b1d0000-0000-4000-8000-000000000043", "Proves dough", "B.2", "1.2", "2", "Standard"],
    ],
    "CF_Association": [
        ["identifier", "originNodeURI", "associationType", "destinationNodeURI", "associationGroupName"],
        [
            "7b1d0000-0000-4000-8000-000000000051",
            "7b1d0000-0000-4000-8000-000000000042",
            "isChildOf",
            "7b1d0000-0000-4000-8000-000000000041",
            "",
        ],
        [
            "7b1d0000-0000-4000-8000-000000000053",
            "7b1d0000-0000-4000-8000-000000000042",
            "precedes",
            "https://case.example.org/CFItems/7B1D0000-0000-4000-8000-000000000043",
            "The order of a day",
        ],
        ["", "B.1", "precedes", "nowhere", ""],
    ],
}


def test_the_sheets_about_the_document_and_the_associations_are_read_too() -> None:
    made = package(workbook(**BAKING))
    document = made["CFDocument"]
    assert (document["identifier"], document["title"], document["version"], document["creator"]) == (
        "7b1d0000-0000-4000-8000-000000000040",
        "Baking skills",
        "3",
        "Riverbend",
    )
    assert document["subject"] == ["Bread", "Cake"]
    assert document["extensions"] == {"table": {"colour": "brown"}}
    found = {row["identifier"]: row for row in made["CFAssociations"]}
    assert found["7b1d0000-0000-4000-8000-000000000051"]["associationType"] == "isChildOf"
    before = found["7b1d0000-0000-4000-8000-000000000053"]
    assert before["destinationNodeURI"]["identifier"] == "7b1d0000-0000-4000-8000-000000000043"
    assert before["CFAssociationGroupingURI"]["title"] == "The order of a day"
    assert made["CFDefinitions"]["CFAssociationGroupings"][0]["title"] == "The order of a day"
    plan = chosen(workbook(**BAKING))
    assert (plan.title, plan.number) == ("Baking skills", "3")
    assert [each.name for each in plan.competencies] == ["Kneads dough", "Proves dough"]


def test_an_association_that_names_nothing_is_told() -> None:
    found = source(workbook(**BAKING))
    assert [(line.row, line.says, bool(line.lost)) for line in found.lines if line.lost] == [
        (4, "CF Association: B.1 · precedes · nowhere", True)
    ]


@pytest.mark.parametrize(
    "above",
    [
        [["#title", "Forge"], ["#version", "2.1"], ["#publisher", "Guild"], ["#language", "de"]],
        [["#title", "#version", "#publisher", "#language"], ["Forge", "2.1", "Guild", "de"]],
    ],
)
def test_facts_above_the_headings_are_the_framework_s(above: list[list[str]]) -> None:
    plan = chosen(table(*above, *METAL))
    assert (plan.title, plan.number, plan.language, plan.content["attribution"]) == (
        "Forge",
        "2.1",
        "de",
        "Guild",
    )
    own = chosen(table(*above, ["Domain", "Competency"], ["Metal", "Welds"]))
    assert (own.title, own.number, own.language, own.content["attribution"]) == (
        "Forge",
        "2.1",
        "de",
        "Guild",
    )


@pytest.mark.parametrize("heading", ["CASE Item Identifier", "Identifier", "identifier", "itemIdentifier"])
def test_the_identifier_goes_by_several_names(heading: str) -> None:
    rows = [[heading, *METAL[0][1:]], *METAL[1:]]
    assert {row["identifier"] for row in items(table(*rows)).values()} == set(IDS[:4])


def test_new_items_need_no_identifier_and_keep_the_one_they_get() -> None:
    without = [[*row[:0], "", *row[1:]] for row in METAL[1:]]
    by_code = [[*row[:5], {IDS[0]: "M", IDS[2]: "M.2", "": ""}[row[5]], ""] for row in without]
    once = items(table(FIELDS, *by_code))
    assert len({row["identifier"] for row in once.values()}) == 4
    turned = items(table(FIELDS, *reversed(by_code)))
    assert {name: row["identifier"] for name, row in turned.items()} == {
        name: row["identifier"] for name, row in once.items()
    }
    column_gone = [row[1:] for row in [FIELDS, *by_code]]
    assert items(table(*column_gone)) == once
    renamed = [[*by_code[0][:1], "Metals", *by_code[0][2:]], *by_code[1:]]
    assert items(table(FIELDS, *renamed))["Metals"]["identifier"] == once["Metal"]["identifier"]
    mixed = [METAL[1], ["", "Files", "M.3", "Standard", "", IDS[0], ""]]
    assert items(table(FIELDS, *mixed))["Metal"]["identifier"] == IDS[0]


def test_the_one_parent_outside_is_the_framework_itself() -> None:
    rows = [[*row[:5], row[5] or IDS[4], ""] for row in METAL[1:]]
    made = package(table(FIELDS, *rows))
    assert made["CFDocument"]["identifier"] == IDS[4]
    assert ("Metal", "isChildOf", "*") in ties(table(FIELDS, *rows))


def test_every_other_column_goes_along_in_the_package() -> None:
    rows = [[*row, more] for row, more in zip(METAL, ["Colour", "red", "", "white", ""], strict=True)]
    found = items(table(*rows))
    assert found["Metal"]["extensions"] == {"table": {"Colour": "red"}}
    assert found["Welds"]["extensions"] == {"table": {"Colour": "white"}}
    assert ("Colour", "kept") in source(table(*rows)).columns


@pytest.mark.django_db
def test_columns_that_case_does_not_know_come_out_in_case_1_1(lead: Membership) -> None:
    rows = [[*row, more] for row, more in zip(METAL, ["Colour", "red", "", "white", ""], strict=True)]
    done = verbs.publish_import(by=lead, kept=bring(lead, table(*rows), "metal.csv"), choice=Choice())
    out = package_in(read_case(FORMS["case-1.1"].made(done.version)).kept)
    told = [row.get("extensions", {}).get("table") for row in out["CFItems"]]
    assert told == [{"Colour": "red"}, None, {"Colour": "white"}, None]


def test_a_tie_to_no_item_is_told_and_one_to_another_framework_kept() -> None:
    rows = [*METAL[:2], [*METAL[2][:6], f"{IDS[4]}; M.9"], *METAL[3:]]
    assert ("Forges a hook", "precedes", f"urn:uuid:{IDS[4]}") in ties(table(*rows))
    assert looks(source(table(*rows))) == {3: ["Precedes: “M.9” is no item of this table."]}


def test_days_that_are_none_are_told() -> None:
    rows = [[*METAL[0], "Status End Date"], [*METAL[1], "soon"], *METAL[2:]]
    assert looks(source(table(*rows))) == {2: ["statusEndDate: soon"]}


# Headings


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
    with pytest.raises(FrameworkProblem, match="No row of headings"):
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
    assert looks(found) == {1: ["It stands above the headings."]}
    assert found.at == 2 and "Row 2 was taken for the headings" in found.doubts[0]


def test_headings_that_are_printed_again_are_passed_over() -> None:
    for rows in (
        [["Domain", "Competency"], ["Rope", "Splices"], ["domain", "Competency "], ["Sail", "Patches"]],
        [FIELDS, METAL[1], FIELDS, *METAL[2:]],
    ):
        found = source(table(*rows))
        assert not found.problems
        assert [line.becomes for line in found.lines if line.row in (3, 4)].count(("headings",)) == 1


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
        2: ["column 2: 1"],
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


# What only the format of a cell shows


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
    assert [row[0].startswith("No: A cell holds a formula") for row in looks(found).values()] == [True, True]


@pytest.mark.parametrize("result", [{}, {"C2": "0"}])
def test_a_formula_without_a_result_says_nothing_whether_left_blank_or_written_as_0(
    result: dict[str, str],
) -> None:
    found = source(formulas(result), "rope.xlsx")
    assert found.plan is None
    assert {line.row: "whose result is not in the file" in line.problem for line in found.problems} == {
        2: True
    }


def test_the_result_that_a_spreadsheet_kept_is_read_and_said() -> None:
    found = source(formulas({"C2": "Ties a bowline", "D2": "14"}), "rope.xlsx")
    assert found.plan is not None
    assert [each.name for each in found.plan.competencies] == ["Ties a bowline", "Splices"]
    assert "Competency: The result of a formula was read: Ties a bowline." in looks(found)[2]
    assert "Length: 14" in looks(found)[2]


# Moodle and Canvas

MOODLE = [
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
]
SCALE = '[{"scaleid":"2"},{"id":2,"scaledefault":1,"proficient":1}]'


def boat(scale: str = "Not yet,Done") -> bytes:
    nothing = [""] * 6
    return table(
        MOODLE,
        [
            "",
            "BOAT",
            "Boat building",
            "<p>Our yard</p>",
            "1",
            scale,
            SCALE,
            *[""] * 5,
            "1",
            "domain,competency",
        ],
        [
            "",
            "B1",
            "Hull",
            '<p dir="ltr">Shapes <b>a</b> hull</p><ul><li>by eye</li></ul>',
            "1",
            *nothing,
            "7",
            "",
            "",
        ],
        [
            "B1",
            "B1.1",
            "Lofting",
            "<p>Draws the lines full size</p>",
            "1",
            "",
            "",
            "",
            "0",
            "null",
            "B1.2",
            "8",
            "",
            "",
        ],
        ["B1", "B1.2", "Planking", "", "1", *nothing, "9", "", ""],
    )


def test_a_framework_from_moodle_comes_in_with_its_mapping_proposed() -> None:
    found = source(boat(), "boat-BOAT.csv")
    assert found.package is not None and not looks(found)
    plan = found.chosen(propose(found.package))[0]
    assert (plan.title, plan.content["summary"]) == ("Boat building", "Our yard")
    assert [(each.code, each.name, each.question) for each in plan.domains] == [
        ("b1", "Hull", "Shapes a hull\n- by eye")
    ]
    assert [(each.name, each.description) for each in plan.competencies] == [
        ("Lofting", "Draws the lines full size"),
        ("Planking", ""),
    ]
    made = items(boat())
    assert [row["CFItemType"] for row in made.values()] == ["Domain", "Competency", "Competency"]
    assert [row["humanCodingScheme"] for row in made.values()] == ["B1", "B1.1", "B1.2"]
    hull = made["Shapes a hull\n- by eye"]["extensions"]["table"]
    assert hull["Exported ID (optional)"] == "7" and hull["description"].startswith('<p dir="ltr">')
    assert ("Draws the lines full size", "isRelatedTo", "Planking") in ties(boat())
    assert package(boat())["CFDocument"]["extensions"]["table"]["Scale configuration"] == SCALE


def test_a_moodle_scale_of_four_becomes_the_steps_and_another_is_kept() -> None:
    four = chosen(boat("Not yet,Nearly,Done,Teaches it"))
    assert [each["label"] for each in four.content["steps"]] == ["Not yet", "Nearly", "Done", "Teaches it"]
    assert chosen(boat()).borrows_steps
    levels = package(boat())["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"]
    assert [each["quality"] for each in levels] == ["Not yet", "Done"]


def test_a_short_table_in_moodle_s_words_is_read_by_its_headings() -> None:
    content = table(
        ["Parent ID number", "ID number", "Short name", "Description", "Is framework", "Taxonomy"],
        ["", "BOAT", "Boat building", "Our yard", "1", "competency"],
        ["BOAT", "B1", "Hull", "Shapes a hull", "0", "competency"],
    )
    plan = chosen(content)
    assert plan.title == "Boat building"
    assert [(each.name, each.description) for each in plan.competencies] == [("Hull", "Shapes a hull")]
    found = source(table(MOODLE, ["B9", "B1", "Hull", *[""] * 11]))
    assert "B9" in found.problems[0].problem


CANVAS = [
    *["vendor_guid", "object_type", "title", "description", "display_name", "calculation_method"],
    *["calculation_int", "workflow_state", "parent_guids", "mastery_points", "ratings"],
]
RATINGS = ["4", "Teaches it", "3", "Does it", "2", "With help", "1", "Not yet"]


def orchard(*more: list[str], ratings: list[str] = RATINGS) -> bytes:
    return table(
        [*CANVAS, *[""] * 6],  # Canvas heads the first of the ratings only
        ["g1", "group", "Orchard", "Fruit growing", *[""] * 3, "active"],
        [
            "o1",
            "outcome",
            "Prunes",
            "Cuts above a bud",
            "Pruning",
            "highest",
            "",
            "active",
            "g1",
            "3",
            *RATINGS,
        ],
        ["o2", "outcome", "Grafts", "<p>Joins</p>", "Grafting", "highest", "", "active", "g1", "3", *ratings],
        *more,
    )


def test_outcomes_from_canvas_come_in_with_their_mapping_proposed() -> None:
    found = source(orchard(), "fruit.csv")
    assert found.package is not None and not looks(found)
    assert propose(found.package).domains.kinds == ("Outcome group",)
    plan = found.chosen(Choice())[0]
    assert [(each.name, each.question) for each in plan.domains] == [("Orchard", "Fruit growing")]
    assert [(each.name, each.description) for each in plan.competencies] == [
        ("Prunes", "Cuts above a bud"),
        ("Grafts", "Joins"),
    ]
    assert [each["label"] for each in plan.content["steps"]] == [
        "Not yet",
        "With help",
        "Does it",
        "Teaches it",
    ]
    kept = items(orchard())["Cuts above a bud"]
    assert kept["alternativeLabel"] == "Pruning"
    assert kept["extensions"]["table"] == {
        "vendor_guid": "o1",
        "calculation_method": "highest",
        "mastery_points": "3",
    }


def test_ratings_that_differ_are_each_outcome_s_own_steps() -> None:
    plan = chosen(orchard(ratings=["4", "Any tree", "3", "Most", "2", "Some", "1", "None"]))
    assert [each.steps for each in plan.competencies] == [
        ("Not yet", "With help", "Does it", "Teaches it"),
        ("None", "Some", "Most", "Any tree"),
    ]
    assert [each["label"] for each in plan.content["steps"]] == ["1", "2", "3", "4"]


def test_outcomes_in_no_group_and_deleted_ones() -> None:
    found = source(
        orchard(
            ["o3", "outcome", "Waters", "", "", "", "", "active", "", ""],
            ["o4", "outcome", "Sprays", "", "", "", "", "deleted", "g1", ""],
        ),
        "fruit.csv",
    )
    plan = found.chosen(Choice())[0]
    assert [(each.name, len(each.competencies)) for each in plan.domains] == [("Orchard", 2), ("fruit", 1)]
    assert looks(found) == {6: ["This is deleted in Canvas and was left out."]}


@pytest.mark.django_db
@pytest.mark.parametrize("content", [boat(), orchard()])
@pytest.mark.parametrize("edition", ["1.1", "1.0"])
def test_what_came_from_a_platform_goes_out_as_valid_case_and_comes_back(
    lead: Membership, content: bytes, edition: str
) -> None:
    done = verbs.publish_import(by=lead, kept=bring(lead, content, "list.csv"), choice=Choice())
    raw = FORMS[f"case-{edition}"].made(done.version)
    assert list(faults(package_in(read_case(raw).kept), edition)) == []
    again = verbs.publish_import(by=lead, kept=bring(lead, content, "list.csv"), choice=Choice())
    assert (again.version, again.changed) == (done.version, 0)


def test_a_oneroster_table_is_named() -> None:
    with pytest.raises(FrameworkProblem, match="OneRoster table"):
        source(
            table(["sourcedId", "status", "dateLastModified", "name", "type"], ["1", "active", "", "A", "b"])
        )


def test_a_semicolon_table_from_moodle_reads_the_same() -> None:
    rows = list(csv.reader(io.StringIO(boat().decode())))
    assert chosen(table(*rows, separator=";"), "b.csv") == chosen(boat(), "b.csv")


def test_what_is_kept_is_json_that_anyone_can_read() -> None:
    made = package(boat())
    assert read_case(in_bytes(made)).title == "Boat building"
