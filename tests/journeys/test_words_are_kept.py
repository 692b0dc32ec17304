"""A session that ends while somebody types, and two devices of one person: words are kept, and what differs is shown."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.looking import look
from tests.journeys.test_two_people import PHONE, NewSchool, Sit, meeting

pytestmark = pytest.mark.browser
WORDS = "Two learners told me <why> & how.\nIt’s a start."
PASSWORD = "a long walk by the harbor"  # tests/browser/world.py


def lose_session(page: Page) -> None:
    """As after “sign out everywhere” on another device, or when the time is over."""
    page.context.clear_cookies(name="sessionid")


def sign_in(page: Page, address: str) -> None:
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_rating_outlives_the_session(new_school: NewSchool, sit: Sit, scripts: bool) -> None:
    school = new_school(f"Long Talk {'A' if scripts else 'B'}", 3)
    held = meeting(school, "rating")
    someone = school.people[0]
    page = sit(someone, java_script_enabled=scripts)
    page.goto(f"{held.there}rate/{held.competencies[0]}/")
    lose_session(page)
    page.get_by_role("radio", name=re.compile("^Trying")).check()
    page.get_by_label("What makes you say so?").fill(WORDS)
    if scripts:
        expect(page.locator("#saved")).to_have_text(
            "not saved: you’re signed out. Use the button below to sign in"
        )
    page.locator("form button.primary").click()
    expect(page).to_have_url(re.compile("/account/login/"))
    expect(page.get_by_text("What you typed is safe")).to_be_visible()
    if scripts:
        assert list(look(page)) == []
    sign_in(page, someone.email)
    expect(page).to_have_url(re.compile(f"/rate/{held.competencies[0]}/"))
    expect(page.get_by_text("Here is what you typed")).to_be_visible()
    expect(page.get_by_label("What makes you say so?")).to_have_value(WORDS)
    expect(page.get_by_role("radio", name=re.compile("^Trying"))).to_be_checked()
    if scripts:
        assert list(look(page)) == []
    page.locator("form.form button.primary").click()
    page.goto(f"{held.there}rate/{held.competencies[0]}/")
    expect(page.get_by_label("What makes you say so?")).to_have_value(WORDS)
    expect(page.get_by_text("Here is what you typed")).to_have_count(0)


def test_a_page_that_saves_itself_saves_what_came_back(new_school: NewSchool, sit: Sit) -> None:
    school = new_school("Long Talk C", 3)
    held = meeting(school, "rating")
    someone = school.people[0]
    page = sit(someone)
    page.goto(f"{held.there}rate/{held.competencies[0]}/")
    lose_session(page)
    say(page, "Trying", WORDS)
    page.locator("form button.primary").click()
    sign_in(page, someone.email)
    expect(page.get_by_label("What makes you say so?")).to_have_value(WORDS)
    page.get_by_role("radio", name=re.compile("^Usual")).check()
    expect(page.locator("#saved")).to_have_text("saved")
    page.goto(held.there)
    expect(page.get_by_text("not saved yet")).to_have_count(0)
    page.goto(f"{held.there}rate/{held.competencies[0]}/")
    expect(page.get_by_label("What makes you say so?")).to_have_value(WORDS)
    expect(page.get_by_text("Here is what you typed")).to_have_count(0)


def test_evidence_outlives_the_session_and_says_that_files_do_not(new_school: NewSchool, sit: Sit) -> None:
    school = new_school("Long Note", 3)
    held = meeting(school, "agreeing")
    someone = school.people[0]
    page = sit(someone)
    page.goto(school.address(f"records/{held.record}/evidence/new/"))
    lose_session(page)
    page.get_by_role("radio", name=re.compile("^(A )?text", re.IGNORECASE)).first.check()
    page.get_by_label("Title").first.fill("Minutes of Tuesday")
    page.locator("textarea[name=text]").fill(WORDS)
    page.locator("main form.form button.primary").last.click()
    expect(page).to_have_url(re.compile("/account/login/"))
    sign_in(page, someone.email)
    expect(page.get_by_label("Title").first).to_have_value("Minutes of Tuesday")
    expect(page.locator("textarea[name=text]")).to_have_value(WORDS)
    assert list(look(page)) == []


def test_phone_and_laptop_rate_the_same(new_school: NewSchool, sit: Sit) -> None:
    school = new_school("Two Devices", 3)
    held = meeting(school, "rating")
    phone, laptop = sit(school.people[0], **PHONE), sit(school.people[0])
    there = f"{held.there}rate/{held.competencies[0]}/"
    for page in (phone, laptop):
        page.goto(there)
    say(phone, "Usual", "Seen on the phone.")
    phone.locator("form button.primary").click()
    expect(phone).not_to_have_url(re.compile(there))
    say(laptop, "Trying", "Seen on the laptop.")
    expect(laptop.locator("#saved")).to_have_text(
        "not saved: changed elsewhere. Press the button to see both"
    )
    laptop.locator("form button.primary").click()
    expect(laptop.get_by_text("Saved now")).to_be_visible()
    expect(laptop.get_by_text("Seen on the phone.")).to_be_visible()
    expect(laptop.get_by_label("What makes you say so?")).to_have_value("Seen on the laptop.")
    assert list(look(laptop)) == []
    laptop.locator("form button.primary").click()
    phone.goto(there)
    expect(phone.get_by_label("What makes you say so?")).to_have_value("Seen on the laptop.")


def test_a_page_that_saves_itself_is_not_in_its_own_way(new_school: NewSchool, sit: Sit) -> None:
    """Also on a slow line: the button is pressed before the answers to what was saved in the background are there."""
    school = new_school("Slow Line", 3)
    held = meeting(school, "rating")
    page = sit(school.people[0])
    there = f"{held.there}rate/{held.competencies[0]}/"
    page.goto(there)
    with page.expect_response(lambda answer: saves(answer.request, "One.")):
        say(page, "Usual", "One.")
    with page.expect_response(lambda answer: saves(answer.request, "One. Two.")):
        say(page, "Trying", "One. Two.")
    expect(page.locator("#saved")).to_have_text("saved")
    slow: list[str] = []

    def later(route: Route) -> None:
        """The server has it, the page hears nothing of it."""
        if saves(route.request):
            route.fetch()
            slow.append(route.request.post_data or "")
        else:
            route.continue_()

    page.route("**/rate/**", later)
    say(page, "Trying", "One. Two. Three.")
    while not any("Three" in each for each in slow):
        page.wait_for_timeout(50)
    say(page, "Trying", "One. Two. Three. Four.")
    page.locator("form button.primary").click()
    expect(page).not_to_have_url(re.compile(there))
    page.goto(there)
    expect(page.get_by_label("What makes you say so?")).to_have_value("One. Two. Three. Four.")


def saves(request: Request, words: str = "") -> bool:
    """Whether the page saves by itself (these words)."""
    said = parse_qs(request.post_data or "").get("comment", [])
    return "hx-trigger" in request.headers and (not words or words in said)


def say(page: Page, step: str, words: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{step}")).check()
    page.get_by_label("What makes you say so?").fill(words)
