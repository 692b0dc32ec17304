"""The whole plan as it goes out: nothing of the plan is missing from it, and nothing private is in it."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from django.db.models import Model
from openpyxl import load_workbook

from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_action, change_state
from throughline.plans.measuring.actions import add_measure, add_value, take_back_value
from throughline.plans.mentoring.actions import arrange_pair, keep_meeting
from throughline.plans.mentoring.queries import mine_in, notes_of
from throughline.plans.models import Action, Goal, PlanTable, Reflection
from throughline.plans.professional.actions.reflecting import write_reflection
from throughline.plans.risks.actions import add_risk, close_risk
from throughline.plans.serving import competencies_offered
from throughline.plans.tables.actions import bring_table, import_table, read_lines
from throughline.plans.tables.paper import plan_pdf
from throughline.plans.tables.rules import counted
from throughline.plans.tables.whole import whole_plan
from throughline.plans.tables.writing import as_csv, as_xlsx, as_zip
from throughline.records.paper.compiling import Way
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import make_member

pytestmark = pytest.mark.django_db
SECRET = "qzqzqWhat I am afraid ofqzqzq"


@pytest.fixture
def full(goal: Goal, action: Action, lead: Membership, educator: Membership) -> Membership:
    """A plan with something of everything."""
    served = competencies_offered(lead.organisation)[0]
    before = add_action(title="First this", goal=goal, by=lead)
    change_action(
        action=action,
        helpers=[lead],
        waits_for=[before],
        done_when="Both forms hang",
        resources="A wall",
        competencies=[served.id],
        by=lead,
    )
    change_state(action=action, state="under-way", text="It begins", by=lead)
    measure = add_measure(
        title="Days lost",
        goal=goal,
        definition="Counted on Fridays",
        source="The office",
        unit="days",
        kind="lagging",
        baseline=Decimal("12.5"),
        baseline_on=date(2026, 9, 1),
        target=Decimal(0),
        target_on=date(2027, 6, 1),
        more_is_better=False,
        keeper=educator,
        competencies=[served.id],
        by=lead,
    )
    add_value(measure=measure, value=Decimal(-3), on=date(2026, 10, 1), note="Half of them", by=lead)
    wrong = add_value(measure=measure, value=Decimal(777), on=date(2026, 10, 2), by=lead)
    take_back_value(value=wrong, by=lead)
    add_risk(title="Nobody comes", goal=goal, response="Ask earlier", owner=educator, likelihood=3, by=lead)
    gone = add_risk(title="The wall falls", by=lead)
    close_risk(risk=gone, came_true=True, by=lead)
    return lead


@pytest.fixture
def secrets(lead: Membership, educator: Membership) -> Membership:
    """A note of a mentoring pair and a reflection, both there to be hidden."""
    mentor = make_member(lead.organisation, "Somebody Experienced", "educator")
    pair = arrange_pair(mentor=mentor, mentee=educator, every_weeks=2, by=lead)
    keep_meeting(pair=pair, on=clock.today(), text=SECRET, by=educator)
    mine = mine_in(seat_of(educator), pair.pk)
    assert mine and [each.text for each in notes_of(mine)] == [SECRET]
    framework = begin_element(
        kind="learning-framework", title="Our framework", language="en", outline=[], by=lead
    )
    said = {"title": "Feedback that is used", "text": "Learners act on it."}
    trait = add_item(element=framework, kind="educator-competency", words=said, by=lead)
    write_reflection(trait=trait, text=SECRET, by=educator)
    assert Reflection.objects.count() == 1
    return educator


def sheets(raw: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(raw))
    return {each.title: list(each.iter_rows(values_only=True)) for each in book.worksheets}


def of(rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(rows[0], each, strict=True)) for each in rows[1:]]


def test_every_part_of_the_plan_has_its_sheet(full: Membership, goal: Goal, educator: Membership) -> None:
    found = sheets(as_xlsx(full.organisation_id))
    assert list(found) == ["actions", "goals", "measures", "values", "risks", "log"]
    served = competencies_offered(full.organisation)[0].name
    action = next(each for each in of(found["actions"]) if each["waits for"])
    assert (action["waits for"], action["helpers"]) == ("First this", full.name)
    assert (action["done when"], action["resources"], action["serves"]) == (
        "Both forms hang",
        "A wall",
        served,
    )
    assert of(found["goals"])[0]["goal"] == goal.title
    [measure] = of(found["measures"])
    told: dict[str, Any] = {
        "definition": "Counted on Fridays",
        "source": "The office",
        "kind": "lagging",
        "keeper": educator.name,
    }
    told |= {
        "baseline": 12.5,
        "baseline on": "2026-09-01",
        "target": 0,
        "target on": "2027-06-01",
        "better": "less",
    }
    assert {name: measure[name] for name in told} == told and measure["serves"] == served
    [value] = of(found["values"])
    assert (value["measure"], value["read on"], value["value"], value["note"]) == (
        "Days lost",
        "2026-10-01",
        -3,
        "Half of them",
    )
    risks = {each["risk"]: each for each in of(found["risks"])}
    assert (risks["Nobody comes"]["likelihood"], risks["Nobody comes"]["state"]) == ("high", "open")
    assert (risks["Nobody comes"]["response"], risks["The wall falls"]["state"]) == (
        "Ask earlier",
        "came true",
    )
    assert "It begins" in [each["words"] for each in of(found["log"])]


def test_the_sheet_of_actions_comes_in_again_from_the_whole_workbook(full: Membership) -> None:
    held = bring_table(name="plan.xlsx", raw=as_xlsx(full.organisation_id), by=full)
    assert counted(read_lines(PlanTable.objects.get())) == {
        "new": 0,
        "changed": 0,
        "same": 2,
        "goal": 0,
        "wrong": 0,
    }
    came = import_table(table=held, by=full)
    assert (came.new, came.changed, came.goals) == (0, 0, 0)


def test_the_same_tables_stand_in_the_packed_file(full: Membership) -> None:
    packed = zipfile.ZipFile(io.BytesIO(as_zip(full.organisation_id, made_at=clock.now())))
    assert packed.namelist() == [f"{name}.csv" for name in whole_plan(full.organisation_id)]
    assert packed.read("actions.csv") == as_csv(full.organisation_id)
    for name, words in (
        ("measures", "Counted on Fridays"),
        ("values", "Half of them"),
        ("risks", "Ask earlier"),
    ):
        assert words in packed.read(f"{name}.csv").decode()


def test_all_of_it_stands_on_paper_in_sections(full: Membership) -> None:
    made = plan_pdf(full.organisation, Way(), made_at=clock.now())
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    text = " ".join(text.split())
    for words in (
        *("Waits for: First this", "Done when: Both forms hang", "Needs: A wall", "Measures", "Days lost"),
        *("Counted so: Counted on Fridays", "From: The office", "12.5 days", "Nobody comes", "Ask earlier"),
        *("came true", "It begins", "lagging: moves late", "\u22123 days"),
    ):
        assert words in text, words
    assert "777" not in text


def test_who_has_left_is_named_nowhere(full: Membership, educator: Membership) -> None:
    Membership.objects.filter(pk=educator.pk).update(left_at=clock.now() - timedelta(days=1))
    found = whole_plan(full.organisation_id)
    rows = [row for name in ("actions", "measures", "risks") for row in found[name].rows]
    assert rows and all(educator.name not in map(str, row.values()) for row in rows)


def test_what_people_write_for_themselves_or_for_one_other_goes_out_in_no_file(
    full: Membership, secrets: Membership
) -> None:
    here = full.organisation_id
    packed = zipfile.ZipFile(io.BytesIO(as_zip(here, made_at=clock.now())))
    made = pypdf.PdfReader(io.BytesIO(plan_pdf(full.organisation, Way(), made_at=clock.now())))
    files = [
        as_csv(here).decode(),
        *(packed.read(each).decode() for each in packed.namelist()),
        repr(sheets(as_xlsx(here))),
        " ".join(page.extract_text() for page in made.pages),
    ]
    for text in files:
        assert "qzqzq" not in text and "Somebody Experienced" not in text


def test_no_table_of_what_is_private_is_asked(
    full: Membership, secrets: Membership, django_capture: Any
) -> None:
    asked = django_capture(lambda: whole_plan(full.organisation_id))
    private = {"plans_reflection", "plans_pair", "plans_pairnote", "plans_takingpart"}
    assert asked and not [sql for sql in asked if any(name in sql for name in private)]


@pytest.fixture
def django_capture() -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def capture(work: Any) -> list[str]:
        with CaptureQueriesContext(connection) as found:
            work()
        return [each["sql"] for each in found]

    return capture


def test_models_of_the_private_tables_are_called_so() -> None:
    """The test before looks for these names."""
    from throughline.plans import models

    tables = {
        each._meta.db_table
        for each in vars(models).values()
        if isinstance(each, type) and issubclass(each, Model)
    }
    assert {"plans_reflection", "plans_pair", "plans_pairnote", "plans_takingpart"} <= tables
