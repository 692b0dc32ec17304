"""Several people at once, and one person whose hands or connection falter: both are shown, and nothing is done twice."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.asking import ask_world
from tests.browser.looking import look
from tests.journeys.conftest import School

pytestmark = pytest.mark.browser
Sit = Callable[..., Page]
NewSchool = Callable[[str, int], School]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@dataclass(frozen=True)
class Meeting:
    """A school whose team has a round: what it asks about, and where."""

    school: School
    there: str
    journey: str
    record: str
    competencies: list[str]

    def agree(self, number: int) -> str:
        """The page on which one of the competencies is agreed."""
        return f"{self.there}agree/{self.competencies[number]}/"


def meeting(school: School, state: str) -> Meeting:
    """A round in this state; everyone on the team has rated when the spread is open."""
    told = ask_world(school.product, "round", school.slug, state)
    return Meeting(
        school,
        school.address(f"rounds/{told['round']}/"),
        told["journey"],
        told["record"],
        told["competencies"],
    )


def fill_in(page: Page, step: str, reason: str) -> None:
    """Everything that agreeing needs."""
    form = page.locator("#agreement")
    form.get_by_role("group", name="Step").get_by_role("radio", name=step).check()
    form.get_by_role("radio", name="in progress").check()
    form.get_by_role("textbox", name="Reason", exact=True).fill(reason)


def test_two_agree_on_different_things(new_school: NewSchool, sit: Sit) -> None:
    held = meeting(new_school("Two Windows", 3), "agreeing")
    one, two = sit(held.school.people[0]), sit(held.school.people[1])
    for page in (one, two):
        page.goto(held.agree(0))
    fill_in(one, "Trying", "The first window says so.")
    fill_in(two, "Usual", "The second window saw more.")
    one.get_by_role("button", name="Agree and continue").click()
    expect(one).not_to_have_url(re.compile(held.agree(0)))
    two.get_by_role("button", name="Agree and continue").click()
    notice = two.get_by_role("main").locator(".notice", has_text="Someone else agreed on this")
    expect(notice).to_contain_text("The first window says so.")
    expect(notice).to_contain_text("Trying")
    expect(notice).to_contain_text(held.school.people[0].name)
    expect(two.get_by_role("textbox", name="Reason", exact=True)).to_have_value("The second window saw more.")
    expect(two.get_by_role("group", name="Step").get_by_role("radio", name="Usual")).to_be_checked()
    assert list(look(two)) == []
    two.get_by_role("button", name="Agree and continue").click()
    expect(two).not_to_have_url(re.compile(held.agree(0)))
    two.goto(f"/s/{held.school.slug}/records/{held.record}/competencies/{held.competencies[0]}/")
    expect(two.get_by_text("The first window says so.")).not_to_have_count(0)
    expect(two.get_by_text("The second window saw more.")).not_to_have_count(0)


def brought(page: Page, held: Meeting, title: str) -> int:
    """How many pieces of evidence have this title."""
    page.goto(f"/s/{held.school.slug}/records/{held.record}/evidence/")
    return page.locator(".evidence-list").get_by_role("heading", name=title).count()


def bring(page: Page, held: Meeting, title: str) -> None:
    """The form for evidence, filled in and not sent."""
    page.goto(f"/s/{held.school.slug}/records/{held.record}/evidence/new/")
    page.locator("input[name=kind][value=text]").check()
    page.get_by_label("Short title").fill(title)
    page.get_by_label("What you saw or found out").fill("Seen on a Tuesday.")
    page.locator("input[name=mark][value=practice]").check()


def test_a_double_click_makes_one_row(new_school: NewSchool, sit: Sit) -> None:
    held = meeting(new_school("Double Click", 3), "rating")
    page = sit(held.school.lead)
    bring(page, held, "Twice clicked")
    page.get_by_role("button", name="Save evidence").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Twice clicked")
    assert brought(page, held, "Twice clicked") == 1


def test_two_posts_of_one_form_make_one_row(new_school: NewSchool, sit: Sit) -> None:
    """What a double click does where no script keeps the second one back."""
    held = meeting(new_school("Two Posts", 3), "rating")
    page = sit(held.school.lead)
    bring(page, held, "Twice sent")
    answers = page.evaluate(
        """async () => {
            const form = document.querySelector('form.bring');
            const send = () => fetch(form.action, {method: 'POST', body: new FormData(form)});
            return (await Promise.all([send(), send(), send()])).map(answer => [answer.status, answer.url]);
        }"""
    )
    assert {status for status, _url in answers} == {200}
    assert len({url for _status, url in answers}) == 1
    assert brought(page, held, "Twice sent") == 1


def test_going_back_and_sending_again_makes_one_row(new_school: NewSchool, sit: Sit) -> None:
    held = meeting(new_school("Back Again", 3), "rating")
    page = sit(held.school.lead)
    bring(page, held, "Sent and sent again")
    page.get_by_role("button", name="Save evidence").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sent and sent again")
    there = page.url
    page.go_back()
    expect(page.get_by_label("Short title")).to_have_value("Sent and sent again")
    page.get_by_role("button", name="Save evidence").click()
    expect(page).to_have_url(there)
    page.go_back()
    page.get_by_label("Short title").fill("Sent with other words")
    page.get_by_role("button", name="Save evidence").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sent with other words")
    assert brought(page, held, "Sent and sent again") == 1
    assert brought(page, held, "Sent with other words") == 1


def test_a_connection_that_drops_while_sending(new_school: NewSchool, sit: Sit) -> None:
    held = meeting(new_school("Lost Line", 3), "rating")
    page = sit(held.school.lead)
    bring(page, held, "Sent in a tunnel")
    # no line at all, and then the answer is lost on its way: the product has done it, the browser does not know
    page.context.set_offline(True)
    page.get_by_role("button", name="Save evidence").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.route(
        "**/evidence/new/", lambda route: (route.fetch(max_redirects=0), route.abort("connectionreset"))
    )
    with pytest.raises(Error):
        page.reload()
    page.unroute("**/evidence/new/")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sent in a tunnel")
    assert brought(page, held, "Sent in a tunnel") == 1


def test_a_rating_is_kept_while_it_is_made(new_school: NewSchool, sit: Sit) -> None:
    held = meeting(new_school("Kept Alone", 3), "rating")
    page = sit(held.school.people[1], **PHONE)
    page.goto(f"{held.there}rate/{held.competencies[0]}/")
    page.get_by_role("radio", name=re.compile("^Usual")).check()
    expect(page.locator("#saved")).to_have_text("saved")
    with page.expect_response(lambda answer: "/rate/" in answer.url and answer.request.method == "POST"):
        page.get_by_label(re.compile("^What makes you say so")).fill("It was so on three days.")
    page.reload()
    expect(page.get_by_role("radio", name=re.compile("^Usual"))).to_be_checked()
    expect(page.get_by_label(re.compile("^What makes you say so"))).to_have_value("It was so on three days.")


def test_a_rating_without_a_line_says_so_and_is_kept_later(new_school: NewSchool, sit: Sit) -> None:
    held = meeting(new_school("Kept Later", 3), "rating")
    page = sit(held.school.people[1], **PHONE)
    page.goto(f"{held.there}rate/{held.competencies[0]}/")
    page.get_by_label(re.compile("^What makes you say so")).fill("Words alone are no rating.")
    expect(page.locator("#saved")).to_have_text("not saved yet: choose a step")
    page.context.set_offline(True)
    page.get_by_role("radio", name=re.compile("^Trying")).check()
    expect(page.locator("#saved")).to_have_text("not saved: no connection")
    page.context.set_offline(False)
    page.get_by_role("radio", name="fairly").check()
    expect(page.locator("#saved")).to_have_text("saved")
    page.reload()
    expect(page.get_by_role("radio", name=re.compile("^Trying"))).to_be_checked()


def test_phones_follow_the_projector_and_can_pause(new_school: NewSchool, sit: Sit) -> None:
    held = meeting(new_school("All Follow", 3), "agreeing")
    wall = sit(held.school.lead)
    phone = sit(held.school.people[2], **PHONE)
    phone.goto(f"{held.there}follow/")
    wall.goto(held.agree(1))
    wall.get_by_role("button", name="Show this to everyone following").click()
    title = wall.title().split(" · ")[0]
    expect(phone.get_by_role("heading", level=1)).to_have_text(title)
    fill_in(wall, "Usual", "We heard it from three families.")
    expect(phone.locator("#followed")).to_contain_text("We heard it from three families.")
    expect(phone.locator("#followed")).to_contain_text("Usual")
    phone.clock.install()
    phone.get_by_role("link", name="Pause").click()
    expect(phone.get_by_role("link", name="Resume following")).to_be_visible()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    wall.get_by_role("textbox", name="Reason", exact=True).fill("And now we say something else.")
    wall.get_by_role("button", name="Agree and continue").click()
    expect(wall).not_to_have_url(re.compile(held.agree(1)))
    phone.clock.run_for(60_000)  # many times as long as it waits between two questions
    assert asked == []
    phone.clock.resume()
    phone.get_by_role("link", name="Resume following").click()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text(title)
