"""Tables that Moodle and Canvas write come in whole, with the mapping proposed."""

import csv
import io

import pytest

from throughline.frameworks.case.mapping import Choice, propose
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import in_bytes, package_in
from throughline.frameworks.exporting.formats import FORMS
from throughline.frameworks.importing.actions import uploads
from throughline.frameworks.importing.tests.test_uploads import bring
from throughline.frameworks.tables.tests.samples import chosen, items, looks, package, source, ties
from throughline.frameworks.tables.tests.test_tables import table
from throughline.schools.models import Membership

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
    assert [(each.code.upper(), each.name, each.question) for each in plan.domains] == [
        ("B1", "Hull", "Shapes a hull\n- by eye")
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
    done = uploads.publish_import(by=lead, kept=bring(lead, content, "list.csv"), choice=Choice())
    raw = FORMS[f"case-{edition}"].made(done.version)
    assert list(faults(package_in(read_case(raw).kept), edition)) == []
    again = uploads.publish_import(by=lead, kept=bring(lead, content, "list.csv"), choice=Choice())
    assert (again.version, again.changed) == (done.version, 0)


@pytest.mark.parametrize("separator", [",", ";"])
def test_moodle_s_headings_may_be_in_any_language(separator: str) -> None:
    rows = list(csv.reader(io.StringIO(boat().decode())))
    there = [
        "Número ID padre",
        "Número ID",
        "Nombre corto",
        "Descripción",
        *(f"Columna {n}" for n in range(10)),
    ]
    found = source(table(there, *rows[1:], separator=separator), "b.csv")
    assert found.chosen(Choice()) == source(boat(), "b.csv").chosen(Choice())
    assert found.columns[:3] == [
        ("Número ID padre", "parent"),
        ("Número ID", "identifier"),
        ("Nombre corto", "name"),
    ]


def test_a_semicolon_table_from_moodle_reads_the_same() -> None:
    rows = list(csv.reader(io.StringIO(boat().decode())))
    assert chosen(table(*rows, separator=";"), "b.csv") == chosen(boat(), "b.csv")


def test_what_is_kept_is_json_that_anyone_can_read() -> None:
    made = package(boat())
    assert read_case(in_bytes(made)).title == "Boat building"
