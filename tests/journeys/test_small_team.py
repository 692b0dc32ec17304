"""Three people agree: in one press where names show, with one choice each where they are hidden, with and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask_world
from tests.browser.looking import look
from tests.journeys.conftest import School

pytestmark = pytest.mark.browser
NewSchool = Callable[[str, int], School]
Sit = Callable[..., Page]


def begin(school: School, state: str) -> tuple[str, list[str]]:
    """A round of three competencies that all three rated alike: where it is, and its competencies."""
    told = ask_world(school.product, "round", school.slug, state)
    return school.address(f"rounds/{told['round']}/"), told["competencies"]


def test_where_names_show_one_press_agrees_on_all(new_school: NewSchool, sit: Sit) -> None:
    school = new_school("One Press", 2)
    there, _competencies = begin(school, "alike named")
    page = sit(school.lead)
    page.goto(there + "spread/")
    page.get_by_role("link", name="Agree on 3 that you see alike").click()
    assert list(look(page)) == []
    page.get_by_role("button", name="Agree on all 3").click()
    expect(page.get_by_text("Agreed and saved: 3 competencies.")).to_be_visible()
    expect(page.get_by_text("3 of 3 done")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_where_names_are_hidden_each_takes_one_choice(new_school: NewSchool, sit: Sit, scripts: bool) -> None:
    school = new_school(f"One Choice {scripts}", 2)
    there, _competencies = begin(school, "alike")
    page = sit(school.lead, java_script_enabled=scripts)
    page.goto(there + "agree-together/")
    rows = page.locator(".together")
    expect(rows).to_have_count(3)
    assert page.locator(":checked[type=radio]").count() == 0
    if scripts:
        assert list(look(page)) == []
    rows.nth(0).get_by_role("radio", name=re.compile("^Usual")).check()
    rows.nth(1).get_by_role("radio", name=re.compile("^Usual")).check()
    rows.nth(1).get_by_label("Standing").select_option("not started")
    rows.nth(2).get_by_label("Standing").select_option("in progress")
    page.get_by_role("button", name="Agree on those with a step").click()
    expect(page.get_by_text("Agreed and saved: 1 competency.")).to_be_visible()
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator(".field.wrong")).to_contain_text("press the button again to keep both")
    expect(rows.nth(1).locator(".error")).to_contain_text("Choose a step")
    expect(rows.nth(1).get_by_label("Standing")).to_have_value("in-progress")
    if scripts:
        assert list(look(page)) == []
    rows.nth(1).get_by_role("radio", name=re.compile("^Usual")).check()
    page.get_by_role("button", name=re.compile("^Agree on")).click()
    expect(page.get_by_text("3 of 3 done")).to_be_visible()


def test_a_step_proposes_its_standing_until_somebody_chooses_one(new_school: NewSchool, sit: Sit) -> None:
    school = new_school("Goes With", 2)
    there, competencies = begin(school, "alike")
    page = sit(school.lead)
    page.goto(f"{there}agree/{competencies[0]}/")
    assert list(look(page)) == []
    step, standing = page.get_by_role("group", name="Step"), page.get_by_role("group", name="Standing")
    expect(standing.locator(":checked")).to_have_count(0)
    step.get_by_role("radio", name="Not yet").check()
    expect(standing.get_by_role("radio", name="not started")).to_be_checked()
    step.get_by_role("radio", name="Usual").check()
    expect(standing.get_by_role("radio", name="in progress")).to_be_checked()
    standing.get_by_role("radio", name="not started").check()
    step.get_by_role("radio", name="How we work").check()
    expect(standing.get_by_role("radio", name="not started")).to_be_checked()
    page.get_by_role("textbox", name="Reason", exact=True).fill("Another school does it for us.")
    page.get_by_role("button", name="Agree and continue").click()
    expect(page.locator(".field.wrong")).to_contain_text("press the button again to keep both")
    page.get_by_role("button", name="Agree and continue").click()
    expect(page).not_to_have_url(re.compile(competencies[0]))
