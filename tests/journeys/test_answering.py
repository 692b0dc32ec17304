"""A parent answers in Spanish on a small phone without script, and a learner with the code from a slip."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.asking import ask_world
from tests.browser.looking import new_window
from tests.conftest import Product

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def asked(product: Product) -> dict[str, Any]:
    """An open listening: families by link, learners under twelve by code."""
    school = ask_world(product, "school", "Birch Lane", "0")
    return ask_world(product, "listening", school["slug"])


def answer_page(page: Page, label: str) -> None:
    """Choose the same in every question of a page."""
    for group in page.get_by_role("group").all():
        found = group.get_by_role("radio", name=label, exact=True)
        if found.count():
            found.first.check()


def test_a_parent_in_spanish_on_a_small_phone_without_script(
    chromium_browser: Browser, product: Product, asked: dict[str, Any]
) -> None:
    options: dict[str, Any] = {"viewport": PHONE, "java_script_enabled": False, "locale": "es-MX"}
    with new_window(chromium_browser, product.address, **options) as context:
        page = context.new_page()
        page.goto(f"/v/{asked['family']}")
        assert page.locator("html").get_attribute("lang") == "es"
        expect(page.get_by_text("Usted decide si participa")).to_be_visible()
        page.get_by_role("link", name="Leer lo que se pregunta a los estudiantes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Todas las preguntas")
        page.goto(f"/v/{asked['family']}/")
        page.get_by_role("button", name="Empezar").click()
        expect(page.get_by_text(re.compile(r"Página 1 de \d"))).to_be_visible()
        answer_page(page, "Prefiero no decirlo")
        chosen = page.locator("input:checked").count()
        assert chosen > 0
        page.get_by_role("button", name="Siguiente").click()
        page.get_by_role("textbox").first.fill("Más tiempo para leer")
        page.get_by_role("button", name="Volver").click()
        assert page.locator("input:checked").count() == chosen
        page.get_by_role("button", name="Guardar y seguir más tarde").click()
        page.close()
        page = context.new_page()  # the phone was put away
        page.goto(f"/v/{asked['family']}/")
        page.get_by_role("link", name="Seguir").click()
        expect(page.get_by_role("textbox").first).to_have_value("Más tiempo para leer")
        expect(page.get_by_text("Sala 2, Sra. Rivera").first).to_be_visible()
        hand_in = page.get_by_role("button", name="Entregar mis respuestas")
        while hand_in.count() == 0:
            page.get_by_role("button", name="Siguiente").click()
        page.get_by_role("radio", name="Desde este año").check()
        hand_in.click()
        expect(page.get_by_role("heading", name="Gracias")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", name="Gracias")).to_be_visible()


def test_a_learner_with_the_code_from_a_slip(
    chromium_browser: Browser, product: Product, asked: dict[str, Any]
) -> None:
    with new_window(chromium_browser, product.address, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"/v/{asked['learner']}/")
        expect(page.get_by_text("Nobody will be cross with you.")).to_be_visible()
        page.get_by_label("Your code").fill("not a code at all")
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_role("alert")).to_contain_text("We don’t know this code")
        code = asked["code"].upper()
        page.get_by_label("Your code").fill(f"{code[:4]} {code[4:8]} {code[8:]}")
        page.get_by_role("button", name="Begin").click()
        hand_in = page.get_by_role("button", name="Hand in")
        page.get_by_role("radio").first.check()
        while hand_in.count() == 0:
            page.get_by_role("button", name="Next").click()
        hand_in.click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        page.goto(f"/c/{asked['code']}")
        expect(page.get_by_text("This code has been used.")).to_be_visible()
        assert asked["code"] not in page.url
