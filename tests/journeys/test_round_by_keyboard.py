"""A whole round without a mouse: started, rated by five people, agreed, with priorities, and closed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import School, Someone
from tests.journeys.keyboard import Hands
from throughline.kit import clock

pytestmark = pytest.mark.browser

# What each of the five says of the three competencies of a domain: one split, one leaning, one agreed.
SAID = [(1, 2, 3), (1, 2, 3), (4, 3, 3), (4, 3, 3), (2, 1, 3)]
STEPS = ["Not yet", "Trying", "Usual", "How we work"]
Sit = Callable[..., Page]


def test_a_round_without_a_mouse(new_school: Callable[[str, int], School], sit: Sit) -> None:
    school = new_school("Keyboard Hill", 4)
    hands = Hands(sit(school.lead))
    start_journey(hands, school)
    open_round(hands)
    there = hands.page.url
    walkers = [hands, *(Hands(sit(each)) for each in school.people[1:])]
    for walker, said in zip(walkers, SAID, strict=True):
        rate_all(walker, there, said)
    agree_on_all(hands, there)
    choose_priorities(hands, there, school.lead)
    close(hands, there)
    assert [fault for walker in walkers for fault in walker.faults] == []
    assert sum(walker.stops for walker in walkers) > 300


def start_journey(hands: Hands, school: School) -> None:
    hands.page.goto(school.address("journeys/new/"))
    hands.choose("Who is this journey for", "The whole school")
    hands.write("What will you call it", "Our way by keyboard")
    hands.tab_to("everyone on the leadership team")
    hands.press("Enter")
    hands.kept()
    for each in school.people:
        for part in ("rates", "decides"):
            hands.tick(re.escape(f"{each.name} {part}"))
    hands.follow("Start the journey")
    hands.sees("The pre-assessment")


def open_round(hands: Hands) -> None:
    hands.choose("What will you rate", "Some|Only")
    hands.tab_to("Graduate Profile")
    hands.press("Space")
    hands.kept()
    hands.follow("Save as draft")
    hands.sees("Review the draft")
    hands.follow("Open the round")


def rate_all(hands: Hands, there: str, said: tuple[int, ...]) -> None:
    hands.page.goto(there + "rate/")
    hands.follow("Start rating")
    for number, step in enumerate(said):
        hands.choose("Where are we", STEPS[step - 1])
        expect(hands.page.locator("#saved")).to_have_text("saved")
        hands.choose("How sure", "fairly")
        hands.write("What makes you say so", f"I see it in lesson {number}.")
        hands.follow("Next" if number < len(said) - 1 else "Save and finish")
    hands.sees("How do you see it")
    expect(hands.page.get_by_text("You’re done")).to_be_visible()


def agree_on_all(hands: Hands, there: str) -> None:
    hands.page.goto(there)
    hands.follow("Open the spread")
    if "/spread/" not in hands.page.url:
        hands.follow("Look at the spread")
    hands.sees("How we see it")
    hands.follow("Agree on 1 that you see alike")
    hands.write("Reason for all", "Everyone sees the same.")
    hands.follow("Agree on this one")
    hands.follow("Discuss the next one")
    agree_with_new_evidence(hands)
    hands.write("Reason", "Some classes do and some do not; we want to look first.")
    hands.follow("Leave open")
    hands.sees("The team is agreeing")
    expect(hands.page.get_by_text("3 of 3 done")).to_be_visible()


def agree_with_new_evidence(hands: Hands) -> None:
    before = hands.page.url
    hands.choose("Step", "Trying")
    hands.choose("Standing", "in progress")
    hands.write("Reason", "We read the plans together.")
    hands.open("Add evidence here")
    hands.write("Short title", "Plans of two subjects")
    hands.choose("What it can show", "a practice|practice")
    hands.write("What you saw or found out", "Both teachers showed us the plans.")
    hands.tab_to("", group="Indicators it supports")
    hands.press("Space")
    assert hands.kept()["state"]
    hands.follow("Agree and continue")
    assert hands.page.url != before


def choose_priorities(hands: Hands, there: str, lead: Someone) -> None:
    for number in range(2):
        hands.page.goto(there + "priorities/")
        hands.follow("Choose ")
        hands.write("Why now", f"It helps most, reason {number}.")
        hands.choose("Which step", "How we work")
        hands.tab_to("By when")
        hands.page.keyboard.type((clock.today() + timedelta(days=200)).strftime("%m%d%Y"))
        hands.pick("Who will lead it", lead.name[:5])
        hands.follow("Make it a priority")
        hands.sees("Priorities")


def close(hands: Hands, there: str) -> None:
    hands.page.goto(there)
    hands.follow("Close the round")
    hands.sees("Close the round")
    hands.follow("Close the round")
    expect(hands.page.get_by_role("heading", name="The priorities")).to_be_visible()
    expect(
        hands.page.locator("#priorities .record-block, section .record-block .title").first
    ).to_be_visible()


def test_a_focus_that_cannot_be_seen_is_noticed(new_school: Callable[[str, int], School], sit: Sit) -> None:
    hands = Hands(sit(new_school("Blind Hill", 0).lead))
    hands.page.goto("/me/")
    hands.tab_to("Your menu")
    assert hands.faults == []
    hands.page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { outline: none !important }');
            document.adoptedStyleSheets.push(sheet);
        }"""
    )
    hands.tab_to("Your name|Name|Save")
    assert any("is not seen" in fault for fault in hands.faults)
