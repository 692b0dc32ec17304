"""Everything essential with scripts turned off, from an empty installation to a closed round and its report as a file.

Before anything is set up, the first page of all is looked at in both themes as well.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser.looking import look, new_window, sit_down, watch
from tests.journeys.conftest import Empty

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("empty")]

PASSWORD = "seven quiet herons"
GUESTS = ["Bruno Keller", "Chidi Eze"]
PLAN = b"Minutes of the staff meeting: every subject writes down what counts.\n"


class Windows:
    """Windows in which no script runs."""

    def __init__(self, browser: Browser, address: str, stack: ExitStack) -> None:
        self.browser, self.address, self.stack = browser, address, stack

    def open(self) -> Page:
        context = self.stack.enter_context(
            new_window(self.browser, self.address, java_script_enabled=False, accept_downloads=True)
        )
        return context.new_page()


@pytest.fixture
def windows(chromium_browser: Browser, empty: Empty) -> Iterator[Windows]:
    with ExitStack() as stack:
        yield Windows(chromium_browser, empty.product.address, stack)


def test_the_first_page_of_an_empty_installation(chromium_browser: Browser, empty: Empty) -> None:
    with new_window(chromium_browser, empty.product.address) as context:
        watched = watch(context, empty.product.address)
        page = context.new_page()
        page.goto("/")
        expect(page).to_have_url(re.compile("/start/$"))
        assert [*look(page), *watched.taken()] == []
        page.get_by_role("button", name="Set it up").evaluate("button => { button.form.noValidate = true }")
        page.get_by_role("button", name="Set it up").click()
        expect(page.locator(".field.wrong").first).to_be_visible()
        faults = [*look(page), *watched.taken()]
        assert [each for each in faults if "422" not in each] == []


def test_from_nothing_to_a_report(empty: Empty, windows: Windows) -> None:
    lead = windows.open()
    set_up(lead)
    invite(lead)
    guests = [come_in(windows.open(), empty, each) for each in GUESTS]
    journey = start_journey(lead)
    there = open_round(lead)
    for person in (lead, *guests):
        rate(person, there)
    bring_file(lead, journey)
    agree(lead, there)
    close(lead, there)
    take_report(lead)
    sign_out_and_in(lead, empty)


def send(page: Page, name: str) -> None:
    """Press the button that sends the form."""
    page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}")).last.click()


def set_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("radio", name="school").check()
    page.get_by_label("Name", exact=True).fill("Plain School")
    page.get_by_label("Where is it?").fill("Ohio")
    page.get_by_label(re.compile("^Your name")).fill("Amina Qasem أمينة القاسم")
    page.get_by_label("Your email address").fill("amina@plain-school.net")
    page.get_by_label("Password").fill(PASSWORD)
    send(page, "Set it up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your first round")


def invite(page: Page) -> None:
    page.goto("/s/plain-school/people/invite/")
    lines = [f"{each}, {each.split()[0].lower()}@plain-school.net, leadership team" for each in GUESTS]
    page.get_by_label("People, one per line").fill("\n".join([*lines, "Nobody at all"]))
    page.get_by_label(re.compile("^Email each person")).check()
    send(page, "Check the list")
    expect(page.get_by_text("Fix this line")).to_be_visible()
    page.get_by_label("People, one per line").fill("\n".join(lines))
    send(page, "Check again")
    send(page, "Send the invitations")
    expect(page.get_by_role("heading", name="Invitations")).to_be_visible()


def come_in(page: Page, empty: Empty, name: str) -> Page:
    page.goto(empty.in_a_letter_to(f"{name.split()[0].lower()}@plain-school.net", r"(http://\S+/i/\S+)"))
    page.get_by_role("radio", name="With a password").check()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    send(page, "Join")
    expect(page).to_have_url(re.compile("/s/plain-school/$"))
    return page


def start_journey(page: Page) -> str:
    page.goto("/s/plain-school/journeys/new/")
    for name in ("Amina Qasem", *GUESTS):
        row = page.get_by_role("row", name=re.compile(name))
        for box in row.get_by_role("checkbox").all():
            box.check()
    send(page, "Start the journey")
    expect(page.get_by_role("heading", level=1)).to_have_text("The pre-assessment")
    return page.url.removesuffix("rounds/new/")


def open_round(page: Page) -> str:
    page.get_by_label("Only some domains").check()
    page.locator("details", has_text="or individual competencies").first.locator("summary").click()
    page.locator("input[name=competencies]").first.check()
    send(page, "Save as draft")
    send(page, "Open the round")
    there = page.url
    expect(page.get_by_text("0 of 3")).to_be_visible()
    return there


def rate(page: Page, there: str) -> None:
    page.goto(there + "rate/")
    page.get_by_role("link", name="Start rating").click()
    page.get_by_role("radio", name=re.compile("^Trying")).check()
    page.get_by_label(re.compile("^What makes you say so")).fill("I saw it twice.")
    send(page, "Save and finish")
    expect(page.get_by_text("You’re done")).to_be_visible()


def bring_file(page: Page, journey: str) -> None:
    page.goto(journey)
    page.get_by_role("link", name="Evidence you’ve added").click()
    page.get_by_role("link", name=re.compile("^Add ")).first.click()
    page.locator("input[name=kind][value=file]").check()
    page.get_by_label("File or photo").set_input_files(
        {"name": "minutes.txt", "mimeType": "text/plain", "buffer": PLAN}
    )
    page.get_by_label("Short title").fill("Minutes of March")
    page.get_by_role("radio", name=re.compile("practice", re.I)).check()
    open_all(page)
    page.locator("input[name=shows]").first.check()
    send(page, "Save evidence")
    expect(page.get_by_role("heading", name="Minutes of March")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("minutes", re.I)).first.click()
    assert read(coming.value) == PLAN


def open_all(page: Page) -> None:
    """Open every summary on the page, the outer ones first."""
    for summary in page.locator("main details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    closed = page.locator("main details:not([open]) > summary").locator("visible=true")
    while closed.count():
        closed.first.click()


def agree(page: Page, there: str) -> None:
    page.goto(there)
    send(page, "Open the spread")
    page.goto(there + "spread/")
    page.get_by_role("link", name="Discuss the first one").click()
    page.get_by_role("radio", name="Trying").check()
    page.get_by_role("radio", name="earned").check()
    page.get_by_role("textbox", name="Reason", exact=True).fill("The minutes say so, and we saw it.")
    send(page, "Agree and continue")
    expect(page.locator(".field.wrong").first).to_be_visible()
    page.get_by_role("radio", name="in progress").check()
    page.get_by_role("checkbox", name=re.compile("^Minutes of March")).first.check()
    send(page, "Agree and continue")
    expect(page.get_by_text("1 of 1 done")).to_be_visible()


def close(page: Page, there: str) -> None:
    page.goto(there + "close/")
    send(page, "Close the round")
    expect(page.get_by_role("heading", name="The priorities")).to_be_visible()


def take_report(page: Page) -> None:
    page.get_by_role("link", name="Report").click()
    for paper in ("A4", "US Letter"):
        link = page.get_by_role("link", name=f"PDF, {paper}").get_attribute("href")
        answer = page.request.get(str(link))
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF-")


def read(download: Download) -> bytes:
    return download.path().read_bytes()


def sign_out_and_in(page: Page, empty: Empty) -> None:
    page.goto("/me/")
    page.locator("details.person-menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/account/login/")
    page.get_by_label(re.compile("e-?mail", re.I)).fill("amina@plain-school.net")
    page.get_by_label("Password").fill(PASSWORD)
    send(page, "Sign in")
    expect(page.locator("details.person-menu")).to_be_visible()
    sit_down(page.context, empty.product.address, "")
    page.goto("/account/login/code/")
    page.get_by_label(re.compile("e-?mail", re.I)).fill("bruno@plain-school.net")
    send(page, "Send me a code")
    code = empty.in_a_letter_to("bruno@plain-school.net", r"your code for[^:]*:\s+(\S+)")
    page.get_by_label(re.compile("code", re.I)).fill(code)
    send(page, "Sign in")
    expect(page.locator("details.person-menu")).to_contain_text("Bruno Keller")
