"""The pages of the history: what a person sees, compares, names and restores."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from throughline.elements.editing.queries import text_at
from throughline.elements.history.actions import name_version
from throughline.elements.models import Change, Element, ElementKind, NamedVersion
from throughline.elements.setup.actions import begin_element
from throughline.elements.talk.tests.conftest import doc, write
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db
Count = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def element(lead: Membership) -> Element:
    made = begin_element(
        kind=ElementKind.CALL_TO_ACTION, title="Why we change", language="en", outline=[], by=lead
    )
    write(made, lead, "Every learner is known well.", "We begin in spring.")
    write(made, lead, "Every learner is seen and known.", "We begin in spring.", "<i>More</i>")
    return made


def at(element: Element, more: str = "") -> str:
    return f"/s/{element.organisation.slug}/elements/{element.kind}/history/{more}"


def test_history_can_be_read_compared_and_restored(
    lead: Membership, element: Element, django_assert_max_num_queries: Count
) -> None:
    client = client_of(lead)
    client.get(at(element))
    first = Change.objects.earliest("start").end
    pages = ("", f"{first}/", "authors/", f"compare/?old={first}&new={element.head}", "compare/?view=sides")
    for address in pages:
        with django_assert_max_num_queries(12):
            assert client.get(at(element, address)).status_code == 200
    compared = client.get(at(element, f"compare/?old={first}&new={element.head}")).content.decode()
    assert "&lt;i&gt;More&lt;/i&gt;" in compared
    assert 'id="change-2"' in compared
    assert client.post(at(element, f"{first}/restore/"), {"seen": element.head}).status_code == 302
    assert text_at(element).document == doc("Every learner is known well.", "We begin in spring.")


def test_what_stayed_is_folded_and_can_be_opened(lead: Membership, element: Element) -> None:
    first = write(element, lead, *(f"Paragraph {number} <b>" for number in range(20)))
    second = write(element, lead, *(f"Paragraph {number}{'!' * (number == 9)} <b>" for number in range(20)))
    for view in ("", "&view=sides"):
        page = client_of(lead).get(at(element, f"compare/?old={first}&new={second}{view}")).content.decode()
        folded = re.findall(r"<details class=\"fold unchanged\">.*?</details>", page, re.DOTALL)
        assert [re.findall("<summary>(.*?)</summary>", each) for each in folded] == [
            ["8 paragraphs unchanged"],
            ["9 paragraphs unchanged"],
        ]
        assert folded[0].count("&lt;b&gt;</p>") == 8
        shown = page.replace(folded[0], "").replace(folded[1], "")
        assert [f"Paragraph {number} &lt;b&gt;" in shown for number in (7, 8, 10, 11)] == [
            False,
            True,
            True,
            False,
        ]


def test_names_are_given_on_the_page_of_a_version(lead: Membership, element: Element) -> None:
    client, where = client_of(lead), at(element, f"{element.head}/")
    client.post(where, {"name": "For families", "text": "May"})
    assert client.post(where, {"name": "For families"}).status_code == 422
    assert "For families" in client.get(at(element)).content.decode()
    client.post(at(element, f"names/{NamedVersion.objects.get().pk}/"))
    assert not NamedVersion.objects.exists()


def test_what_is_not_there_is_not_found(school: Organisation, lead: Membership, element: Element) -> None:
    name_version(element=element, version=1, name="Begin", by=lead)
    for address in ("999/", "compare/?old=999", "compare/?old=edition-1"):
        assert client_of(lead).get(at(element, address)).status_code == 404
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    assert client_of(learner).get(at(element)).status_code == 404
    page = client_of(educator).get(at(element, "1/"))
    assert (page.status_code, "Restore this version" in page.content.decode()) == (200, False)
    assert client_of(educator).post(at(element, "1/restore/")).status_code == 403
