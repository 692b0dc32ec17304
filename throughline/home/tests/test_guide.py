"""The guide is the help inside the product: every page leads to what explains it, and everything in it leads somewhere."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation
from django.utils.translation import gettext

from throughline.home.guide import PICTURES, GuidePage, explanation_of, help_address, pages
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
NOT_PAGES = {"activity", "files", "ui"}


def names_of_addresses() -> set[str]:
    """`room:name` of every address of a room."""
    found = set()
    for room, (_prefix, resolver) in get_resolver().namespace_dict.items():
        found |= {f"{room}:{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    return found


def test_every_room_with_pages_is_explained() -> None:
    rooms = {name.partition(":")[0] for name in names_of_addresses()} - NOT_PAGES
    unexplained = [room for room in sorted(rooms) if not explanation_of(f"{room}:anything")[0]]
    assert unexplained == []


def test_what_the_guide_explains_exists() -> None:
    known = names_of_addresses()
    every = pages("en")
    for page in every.values():
        for address, heading in page.explains:
            assert address.endswith(":*") or address in known or _plain_name(address), (
                f"{page.name}: {address}"
            )
            assert not heading or f'id="{heading}"' in page.body, f"{page.name}: #{heading}"
        assert set(page.roles) <= set(Role.values), page.name


def _plain_name(name: str) -> bool:
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


def test_every_link_and_picture_of_the_guide_leads_somewhere(client: Client) -> None:
    every = pages("en")
    pictures = {path.name for path in (settings.ROOT / "docs" / "pictures").iterdir()}
    for page in every.values():
        for name, heading in re.findall(r'href="/help/([\w-]+)/(?:#([\w-]+))?"', page.body):
            assert name in every, f"{page.name} → {name}"
            assert not heading or f'id="{heading}"' in every[name].body, f"{page.name} → {name}#{heading}"
        for picture in re.findall(rf'src="[^"]*/{PICTURES}/([\w-]+\.png)', page.body):
            assert picture in pictures, f"{page.name} → {picture}"
        assert 'href="."' not in page.body and ".md" not in re.sub(r"<code>.*?</code>", "", page.body)
        assert client.get(reverse("home:guide-page", args=[page.name])).status_code == 200


def test_a_page_leads_to_what_explains_it(school: Organisation, lead: Membership) -> None:
    page = client_of(lead).get(reverse("journeys:list", args=[school.slug])).content.decode()
    assert f'href="{help_address("journeys:list")}"' in page
    assert help_address("journeys:promise") == "/help/ratings-promise/"
    assert help_address("nothing:at-all") == "/help/"


def test_the_list_begins_with_what_was_written_for_me(school: Organisation, lead: Membership) -> None:
    page = client_of(lead).get("/help/").content.decode()
    assert page.index("/help/as-lead/") < page.index("/help/as-learner/") < page.index("/help/evidence/")


def test_a_page_that_is_not_there_and_one_that_tries_to_climb_out(client: Client) -> None:
    assert client.get("/help/nothing/").status_code == 404
    assert client.get("/help/..%2F..%2FREADME/").status_code == 404


def test_html_in_the_guide_stays_text(tmp_path: object, settings: object) -> None:
    from pathlib import Path

    from throughline.home.guide import _pages

    folder = Path(str(tmp_path))
    (folder / "x.md").write_text("# X\n\n<script>alert(1)</script> [a](../running/y.md) [b](y.md#z)\n")
    settings.GUIDE = folder  # type: ignore[attr-defined]
    body = _pages.__wrapped__("en")["x"].body
    assert "<script>" not in body
    assert ">a<" not in body and "a " in body
    assert 'href="/help/y/#z"' in body


ANCHOR = re.compile(r'<h[23] id="([\w-]+)"')


def in_spanish() -> dict[str, GuidePage]:
    return {name: page for name, page in pages("es").items() if page.language == "es"}


def test_a_translated_page_is_for_the_same_people_and_opens_at_the_same_headings() -> None:
    for name, spanish in in_spanish().items():
        english = pages("en")[name]
        assert spanish.roles == english.roles, name
        assert spanish.title != english.title and spanish.lede != english.lede, name
        there = set(ANCHOR.findall(spanish.body))
        wanted = {heading for _address, heading in english.explains if heading}
        assert wanted <= there, f"{name}: a line (name)= above a heading gives it its English name"


def test_all_help_with_the_plan_is_there_in_spanish(client: Client) -> None:
    of_the_plan = {
        name
        for name, page in pages("en").items()
        if any(address.startswith("plans:") for address, _heading in page.explains)
    }
    assert len(of_the_plan) >= 11 and of_the_plan <= in_spanish().keys()
    page = client.get("/help/family-page/", headers={"accept-language": "es"}).content.decode()
    assert '<article class="guide" lang="es">' in page and "Preguntas de las familias" in page
    assert "no se ha traducido" not in page


@pytest.mark.usefixtures("translated")
def test_a_page_that_is_not_translated_stands_in_english_with_a_note(client: Client) -> None:
    name = next(name for name, page in pages("es").items() if page.language == "en")
    page = client.get(f"/help/{name}/", headers={"accept-language": "es"}).content.decode()
    assert '<article class="guide" lang="en" dir="ltr">' in page
    with translation.override("es"):
        assert gettext("This page has not been translated yet.") in page
        assert gettext("This page has not been translated yet.") != "This page has not been translated yet."
