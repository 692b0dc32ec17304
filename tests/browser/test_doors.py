"""The pages at the door (signing in, invitations, a new password) and those for what goes wrong, looked at like all."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.asking import ask_world
from tests.browser.conftest import Onlooker
from tests.browser.looking import sit_down
from tests.conftest import Product
from throughline.ui.views import WRONG

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", WRONG)
def test_pages_for_what_goes_wrong(kind: str, onlooker: Onlooker) -> None:
    onlooker.open(f"/ui/?wrong={kind}")
    onlooker.finds_nothing_wrong()


@pytest.mark.parametrize("query", ["layout=plain", "layout=focus", "dir=rtl", "theme=dark", "theme=light"])
def test_the_gallery_in_other_ways(query: str, onlooker: Onlooker) -> None:
    onlooker.open(f"/ui/?{query}")
    onlooker.finds_nothing_wrong()


@pytest.mark.parametrize("persona", ["", "lead"])
def test_a_page_that_is_not_there(persona: str, onlooker: Onlooker) -> None:
    onlooker.open("/s/hillcrest-academy/people/" if persona else "/nowhere/", persona, status=404)
    onlooker.finds_nothing_wrong()


def test_a_page_that_is_not_for_them(onlooker: Onlooker) -> None:
    onlooker.open("/s/harbor-bridge/people/invite/", "learner", status=403)
    onlooker.finds_nothing_wrong()


def test_a_form_that_has_lost_its_session(onlooker: Onlooker) -> None:
    page = onlooker.open("/me/", "lead")
    onlooker.context.clear_cookies(name="csrftoken")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").first.click()
    # The words are kept, and the form is shown again with them.
    assert page.get_by_role("heading", level=1).inner_text() == "Your settings"
    expect(page.get_by_text("Here is what you typed")).to_be_visible()
    onlooker.finds_nothing_wrong()


def test_invitations(onlooker: Onlooker, world: dict[str, Any]) -> None:
    links = world["invitations"]
    for persona, link, words in [
        ("", "new", "Join"),
        ("", "known", "I have an account with this address"),
        ("outsider", "known", "Accept and join"),
        ("lead", "known", "Sign out and continue"),
        ("", "gone", ""),
    ]:
        page = onlooker.open(f"/i/{links[link]}", persona, status=200 if link != "gone" else 410)
        assert words in page.get_by_role("main").inner_text()
        onlooker.finds_nothing_wrong()
    onlooker.open(f"/i/{links['new']}")
    onlooker.page.get_by_role("button", name="Join").click()
    assert onlooker.page.locator(".field.wrong").count()
    onlooker.finds_nothing_wrong()


def test_a_code_by_mail(onlooker: Onlooker) -> None:
    page = onlooker.open("/account/login/code/")
    page.get_by_label("Email address").fill("amara@harbor.example")
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/confirm/")
    onlooker.finds_nothing_wrong()
    page.get_by_label("Code").fill("WRONG1")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.locator(".field.wrong").wait_for()
    onlooker.finds_nothing_wrong()


def test_a_wrong_password(onlooker: Onlooker) -> None:
    page = onlooker.open("/account/login/")
    page.get_by_label("Email address").fill("nobody@harbor.example")
    page.get_by_label("Password").fill("not this one at all")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
    onlooker.finds_nothing_wrong()


def test_a_new_password(onlooker: Onlooker, world: dict[str, Any]) -> None:
    page = onlooker.open(world["reset"])
    onlooker.finds_nothing_wrong()
    for field in page.locator("input[type=password]").all():
        field.fill("123")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button").first.click()
    onlooker.finds_nothing_wrong()
    onlooker.open(world["reset"].replace("/key/", "/key/zz"))
    onlooker.finds_nothing_wrong()


def test_somebody_with_a_password(onlooker: Onlooker, product: Product) -> None:
    session = ask_world(product, "school", "Key Holders", "0")["people"][0]["session"]
    sit_down(onlooker.context, product.address, session)
    page = onlooker.page
    for path in ("/account/password/change/", "/me/"):
        page.goto(path)
        assert page.url.endswith(path)
        onlooker.finds_nothing_wrong()


def test_an_account_that_was_closed(onlooker: Onlooker) -> None:
    onlooker.open("/account/inactive/")
    onlooker.finds_nothing_wrong()
