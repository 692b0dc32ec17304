"""Tables that CASE tools write: nothing in them is lost, or it is said row by row before anything is published."""

import datetime

import pytest

from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import package_in
from throughline.frameworks.exporting.formats import FORMS
from throughline.frameworks.importing.actions import uploads
from throughline.frameworks.importing.tests.test_uploads import bring
from throughline.frameworks.tables.tests.samples import (
    FIELDS,
    IDS,
    METAL,
    chosen,
    items,
    looks,
    package,
    source,
    ties,
    workbook,
)
from throughline.frameworks.tables.tests.test_tables import table
from throughline.schools.models import Membership


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
    done = uploads.publish_import(by=lead, kept=bring(lead, table(*METAL), "metal.csv"), choice=Choice())
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
    done = uploads.publish_import(by=lead, kept=bring(lead, table(*rows), "metal.csv"), choice=Choice())
    out = package_in(read_case(FORMS["case-1.1"].made(done.version)).kept)
    told = [row.get("extensions", {}).get("table") for row in out["CFItems"]]
    assert told == [{"Colour": "red"}, None, {"Colour": "white"}, None]


def test_a_tie_to_no_item_is_told_and_one_to_another_framework_kept() -> None:
    rows = [*METAL[:2], [*METAL[2][:6], f"{IDS[4]}; M.9"], *METAL[3:]]
    assert ("Forges a hook", "precedes", f"urn:uuid:{IDS[4]}") in ties(table(*rows))
    assert looks(source(table(*rows))) == {3: ["Precedes: “M.9” is not an item in this table."]}


def test_days_that_are_none_are_told() -> None:
    rows = [[*METAL[0], "Status End Date"], [*METAL[1], "soon"], *METAL[2:]]
    assert looks(source(table(*rows))) == {2: ["statusEndDate: soon"]}


def test_days_in_columns_for_days_are_no_guess() -> None:
    day = datetime.date(2030, 1, 2)
    found = source(
        workbook(
            Items=[
                ["Human Coding Scheme", "Full Statement", "Status Start Date", "Last Change Date"],
                ["M.1", "Welds", day, day],
                [day, "Files", None, None],
            ]
        ),
        "metal.xlsx",
    )
    assert list(looks(found)) == [3]
    assert found.package is not None
    row = package_in(found.package.kept)["CFItems"][0]
    assert (row["statusStartDate"], row["lastChangeDateTime"]) == ("2030-01-02", "2030-01-02")
