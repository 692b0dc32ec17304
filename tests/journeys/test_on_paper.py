"""A round held entirely on paper: printed, filled in, keyed in by somebody who is not on the team, agreed, closed."""

import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask_world
from tests.browser.looking import look
from tests.conftest import Product
from tests.journeys.conftest import School
from tests.journeys.keyboard import Hands
from tests.journeys.test_round_by_keyboard import agree_on_all, choose_priorities, close

pytestmark = pytest.mark.browser

# What each of the five ticked for the three competencies of a domain.
TICKED = ["122", "123", "043", "433", "213"]


def test_a_round_on_paper(
    new_school: Callable[[str, int], School], sit: Callable[..., Page], product: Product, tmp_path: Path
) -> None:
    school = new_school("Paper Hill", 4)
    told = ask_world(product, "round", school.slug, "rating")
    there = school.address(f"rounds/{told['round']}/")
    page = sit(school.lead)
    everyone_on_paper(page, there, school)
    codes = printed_codes(page, tmp_path)
    assert len(codes) == len(TICKED) + 2
    for number, (code, ticked) in enumerate(zip(codes, TICKED, strict=False), start=1):
        key_in(page, there, code, ticked)
        expect(page.locator("main")).to_contain_text(f"{number} of 5 paper sheets entered.")
    assert list(look(page)) == []
    a_sheet_typed_again(page, there, codes[0])
    no_sixth_sheet(page, there, codes[5])
    page.goto(there)
    expect(page.locator("main")).to_contain_text("Everyone has finished rating.")
    hands = Hands(page)
    agree_on_all(hands, there)
    choose_priorities(hands, there, school.lead)
    close(hands, there)


def everyone_on_paper(page: Page, there: str, school: School) -> None:
    page.goto(there)
    page.get_by_role("link", name="Rating on paper").click()
    for each in school.people:
        page.get_by_label(each.name).check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("7 sheets to fill in.")
    page.get_by_label("Who enters the sheets").select_option(label=school.lead.name)
    page.get_by_role("button", name="Have them enter the sheets").click()
    expect(page.locator("main")).to_contain_text("0 of 5 paper sheets entered.")
    assert list(look(page)) == []


def printed_codes(page: Page, tmp_path: Path) -> list[str]:
    """The codes as they stand on the printed sheets."""
    address = page.get_by_role("link", name=re.compile("A4")).first.get_attribute("href")
    assert address
    answer = page.request.get(re.sub(r"/s/.*", "", page.url) + address)
    assert answer.status == 200
    kept = tmp_path / "sheets.pdf"
    kept.write_bytes(answer.body())
    text = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(kept).pages)
    assert "Amina" not in text and "Bruno" not in text
    return sorted(set(re.findall(r"\b[B-Z2-9]{3}-[B-Z2-9]{3}\b", text)))


def key_in(page: Page, there: str, code: str, ticked: str) -> None:
    page.goto(f"{there}key-in/")
    page.get_by_label("Sheet code").fill(code.lower())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"Sheet {code}").wait_for()
    page.get_by_label("Step").first.focus()
    for digit in ticked:
        page.keyboard.type(digit)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/key-in/$"))


def a_sheet_typed_again(page: Page, there: str, code: str) -> None:
    page.goto(f"{there}key-in/")
    page.get_by_label("Sheet code").fill(code)
    page.get_by_role("button", name="Open this sheet").click()
    expect(page.locator("main")).to_contain_text("This sheet has already been entered")
    assert [each.input_value() for each in page.get_by_label("Step").all()] == ["", "", ""]
    for field, digit in zip(page.get_by_label("Step").all(), "133", strict=True):
        field.fill(digit)
    page.get_by_role("button", name="Submit this sheet").click()
    expect(page.locator("main")).to_contain_text("Check these rows against the paper again: 2, 3.")
    page.get_by_label("Use what I’ve typed now").check()
    page.get_by_role("button", name="Submit this sheet").click()
    expect(page.locator("main")).to_contain_text("5 of 5 paper sheets entered.")


def no_sixth_sheet(page: Page, there: str, code: str) -> None:
    page.goto(f"{there}key-in/")
    page.get_by_label("Sheet code").fill(code)
    page.get_by_role("button", name="Open this sheet").click()
    for field in page.get_by_label("Step").all():
        field.fill("1")
    page.get_by_role("button", name="Submit this sheet").click()
    expect(page.locator("main")).to_contain_text(
        "There are already as many sheets as people rating on paper."
    )
