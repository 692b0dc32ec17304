"""What is adopted is frozen, can be checked, and is never adopted unseen."""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from throughline.activity.ledger import DOOR_TABLE
from throughline.elements.adopting.actions import Adoption, Meanwhile, Seen, adopt, change_stage
from throughline.elements.adopting.checking import changed_editions, checked_again
from throughline.elements.adopting.freezing import content_of_edition, frozen, written_down
from throughline.elements.adopting.queries import edition_in_force, road_of
from throughline.elements.editing.actions import replace_text
from throughline.elements.models import Edition, Element, ElementKind, Item, Stage
from throughline.elements.queries import parts_of
from throughline.elements.setup.actions import begin_element
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def doc(*paragraphs: str) -> dict[str, Any]:
    return {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in paragraphs
        ],
    }


def write(element: Element, by: Membership, *paragraphs: str) -> int:
    element.refresh_from_db()
    return replace_text(element=element, document=doc(*paragraphs), seen=element.head, by=by)


def seen(element: Element) -> Seen:
    last, now = road_of(element).last, frozen(element)
    return Seen(last.pk if last else None, now.version, now.digest)


def adopted(element: Element, by: Membership, **more: Any) -> Edition:
    return adopt(
        element=element,
        adoption=Adoption(body="The board", on=clock.today(), **more),
        seen=seen(element),
        by=by,
    )


@pytest.fixture
def element(lead: Membership) -> Element:
    made = begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Our graduates", language="en", outline=[], by=lead
    )
    write(made, lead, "They ask 🎈 good questions.", "They finish what they begin.")
    Item.objects.create(
        organisation=lead.organisation, element=made, kind="attribute", title="Curious", changed_by=lead
    )
    return made


def test_an_edition_holds_text_and_items_and_its_digest_can_be_worked_out_by_anybody(
    lead: Membership, element: Element
) -> None:
    edition = adopted(element, lead)
    write(element, lead, "Something else entirely.")
    Item.objects.update(title="Brave")
    held = Edition.objects.get()
    assert held.document == doc("They ask 🎈 good questions.", "They finish what they begin.")
    assert [each["title"] for each in held.items] == ["Curious"]
    given = (
        client_of(lead)
        .get(f"/s/{lead.organisation.slug}/elements/graduate-profile/editions/1/frozen/")
        .content
    )
    assert hashlib.sha256(given).hexdigest() == held.digest == edition.digest
    assert json.loads(given)["items"][0]["title"] == "Curious"
    assert checked_again(held).holds
    assert list(changed_editions()) == []


def test_an_edition_that_somebody_changed_in_the_database_is_found(
    lead: Membership, element: Element
) -> None:
    edition = adopted(element, lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(document=doc("Forged"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DOOR_TABLE} (id, reason, shut_id) VALUES "
            "('00000000000000000000000000000001', 'forged', '00000000000000000000000000000002')"
        )
        Edition.objects.filter(pk=edition.pk).update(document=doc("Forged"))
        cursor.execute(f"DELETE FROM {DOOR_TABLE}")
    assert not checked_again(Edition.objects.get()).holds
    assert [each.pk for each in changed_editions()] == [edition.pk]
    page = client_of(lead).get(f"/s/{lead.organisation.slug}/elements/graduate-profile/editions/1/check/")
    assert b"This is not what was adopted" in page.content


def test_a_file_is_adopted_as_it_is_on_a_past_date(lead: Membership, element: Element) -> None:
    past = date(2021, 6, 3)
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    adoption = Adoption(
        body="The council",
        on=past,
        in_force_on=date(2021, 8, 1),
        file=ContentFile(b"As it was.", name="profile.txt"),
    )
    edition = adopt(element=element, adoption=adoption, seen=Seen(seen(element).change, 0), by=lead)
    assert content and edition.file is not None
    assert (edition.adopted_on, edition.items, edition.file.name) == (past, [], "profile.txt")
    assert checked_again(edition).holds
    assert edition_in_force(element, date(2021, 7, 31)) is None
    assert edition_in_force(element, date(2021, 8, 1)) == edition
    default_storage.delete(edition.file.path)
    assert checked_again(edition).file == "missing"


def test_what_was_typed_since_the_page_was_opened_is_shown_and_asked_again(
    lead: Membership, element: Element
) -> None:
    browser, address = client_of(lead), f"/s/{lead.organisation.slug}/elements/graduate-profile/adopt/"
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in ("seen_change", "seen_version", "seen_digest")}
    sent |= {"of": "text", "body": "The board", "on": str(clock.today())}
    write(element, lead, "They ask 🎈 good questions.", "They finish it all.")
    answer = browser.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>They finish what they begin.</del>" in page
    assert "<ins>They finish it all.</ins>" in page
    assert "The board" in page
    assert not Edition.objects.exists()
    form = answer.context["form"]
    sent |= {name: form[name].value() or "" for name in ("seen_change", "seen_version", "seen_digest")}
    assert browser.post(address, sent).status_code == 302
    assert Edition.objects.get().document == doc("They ask 🎈 good questions.", "They finish it all.")


def test_an_item_that_changed_since_is_noticed_too(lead: Membership, element: Element) -> None:
    before = seen(element)
    Item.objects.update(title="Brave")
    with pytest.raises(Meanwhile):
        adopt(element=element, adoption=Adoption("The board", clock.today()), seen=before, by=lead)


@pytest.mark.django_db(transaction=True)
def test_of_two_adoptions_at_once_one_wins_and_the_other_hears_of_it(
    lead: Membership, element: Element
) -> None:
    before, barrier = seen(element), Barrier(4)

    def one(place: int) -> str:
        try:
            barrier.wait(timeout=60)
            adopt(element=element, adoption=Adoption(f"Body {place}", clock.today()), seen=before, by=lead)
        except Meanwhile as met:
            return "told" if met.moved else "changed"
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(one, range(4)))
    assert said == ["told", "told", "told", "won"]
    assert Edition.objects.count() == 1


def test_any_stage_may_follow_any_and_returning_needs_a_reason(lead: Membership, element: Element) -> None:
    def go(to: str, **more: Any) -> None:
        change_stage(element=element, to=to, on=clock.today(), seen=seen(element), by=lead, **more)

    go(Stage.CONSULTATION)
    go(Stage.PROPOSED)
    with pytest.raises(ValidationError):
        go(Stage.DRAFTING)
    with pytest.raises(ValidationError):
        go(Stage.IN_FORCE)
    go(Stage.DRAFTING, reason="The families asked for more time.")
    adopted(element, lead)
    go(Stage.IN_FORCE)
    element.refresh_from_db()
    assert element.stage == Stage.IN_FORCE
    with pytest.raises(ValidationError):
        go(Stage.SUPERSEDED)
    go(Stage.SUPERSEDED, reason="We merged with another school.")
    assert edition_in_force(element) is None


def test_the_edition_in_force_stays_while_the_next_one_is_written(
    school: Organisation, lead: Membership, element: Element
) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    assert parts_of(seat_of(learner)) == []
    first = adopted(element, lead, in_force_on=clock.today())
    change_stage(
        element=element, to="drafting", on=clock.today(), seen=seen(element), by=lead, reason="The next one."
    )
    assert edition_in_force(element) == first
    assert [part.element for part in parts_of(seat_of(learner))] == [element]
    later = clock.today() + timedelta(days=40)
    second = adopted(element, lead, in_force_on=later)
    assert edition_in_force(element) == first
    assert edition_in_force(element, later) == second


def test_only_leads_decide(school: Organisation, lead: Membership, element: Element) -> None:
    team = make_member(school, "Tomas Lind", Role.TEAM)
    with pytest.raises(Refused):
        adopted(element, team)
    with pytest.raises(Refused):
        change_stage(element=element, to="proposed", on=clock.today(), seen=seen(element), by=team)


@pytest.mark.parametrize(
    ("adoption", "field"),
    [
        (Adoption(" ", date(2024, 1, 1)), "body"),
        (Adoption("x" * 201, date(2024, 1, 1)), "body"),
        (Adoption("The board", date(2999, 1, 1)), "on"),
        (Adoption("The board", date(24, 1, 1)), "on"),
        (Adoption("The board", date(2024, 1, 1), in_force_on=date(2023, 1, 1)), "in_force_on"),
    ],
)
def test_wrong_input_is_told_in_a_sentence(
    lead: Membership, element: Element, adoption: Adoption, field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        adopt(element=element, adoption=adoption, seen=seen(element), by=lead)
    assert list(told.value.message_dict) == [field]


def test_nothing_is_not_adopted(lead: Membership) -> None:
    empty = begin_element(
        kind=ElementKind.CALL_TO_ACTION, title="Why we change", language="en", outline=[], by=lead
    )
    with pytest.raises(ValidationError):
        adopted(empty, lead)


def test_the_digest_is_the_same_after_the_database_gave_it_back(lead: Membership, element: Element) -> None:
    edition = adopted(element, lead)
    assert written_down(content_of_edition(Edition.objects.get())) == written_down(
        content_of_edition(edition)
    )


def test_each_page_asks_a_fixed_number_of_questions(
    lead: Membership, element: Element, django_assert_num_queries: Callable[..., Any]
) -> None:
    browser, at = client_of(lead), f"/s/{lead.organisation.slug}/elements/graduate-profile/"
    for _each in range(3):
        adopted(element, lead, in_force_on=clock.today())
    asked = {
        "stage/": 5,
        "editions/": 6,
        "editions/2/": 6,
        "adopt/": 9,
        "stage/in-force/": 6,
        "editions/2/check/": 5,
    }
    for page, count in asked.items():
        browser.get(at + page)
        with django_assert_num_queries(count):
            assert browser.get(at + page).status_code == 200, page
