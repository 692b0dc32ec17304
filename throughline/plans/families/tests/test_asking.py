"""Anyone can ask without an account; nothing shows before somebody has answered; nothing tells who asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from throughline.kit.ids import opaque_id
from throughline.kit.verdict import Refused
from throughline.plans.families import limits
from throughline.plans.families.actions.asking import answer_question, ask, set_aside
from throughline.plans.families.actions.writing import open_page, replace_family_link
from throughline.plans.models import FamilyQuestion, PageForFamilies
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HERE = "/families/harbour-bridge/"
ASK = f"{HERE}ask/"


def send(text: str, client: Client | None = None, **more: str) -> Any:
    return (client or Client()).post(ASK, {"text": text, "language": "es", "key": str(opaque_id()), **more})


def test_a_question_waits_until_it_is_answered_and_keeps_its_language(
    page: PageForFamilies, lead: Membership, school: Organisation
) -> None:
    answer = send("¿Y las becas, María?")
    assert answer.status_code == 302 and "thanks" in answer["Location"]
    assert "María" not in Client().get(HERE).content.decode()
    held = FamilyQuestion.objects.get()
    inside = client_of(lead)
    there = f"/s/{school.slug}/plan/families/questions/"
    assert "María" in inside.get(there).content.decode()
    inside.post(f"{there}{held.pk}/", {"wording": "¿Y las becas?", "answer": "They stay as they are."})
    read = Client().get(HERE).content.decode()
    assert '<h3 lang="es" dir="ltr">¿Y las becas?</h3>' in read and "They stay as they are." in read
    assert "María" not in read
    inside.post(f"{there}{held.pk}/", {"do": "left-out"})
    assert "¿Y las becas?" not in Client().get(HERE).content.decode()


def test_nothing_of_who_asked_is_kept(page: PageForFamilies) -> None:
    send("Why?")
    kept = {field.name for field in FamilyQuestion._meta.get_fields()}
    assert kept == {
        "id", "organisation", "page", "language", "text", "on", "state", "wording", "answer", "answered_on", "moderated_by",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["Call 414 555 0188 please", "me@example.org?", "+34 600 11 22 33"])
def test_what_would_let_somebody_be_reached_is_refused_and_stays_typed(
    text: str, page: PageForFamilies
) -> None:
    answer = send(text)
    assert answer.status_code == 422 and text in answer.content.decode()
    assert not FamilyQuestion.objects.exists()


def test_a_year_and_a_grade_are_no_telephone(page: PageForFamilies) -> None:
    assert send("Is 2026–27 the year for grades 9, 10 and 11?").status_code == 302


def test_sent_twice_it_is_one_question(page: PageForFamilies) -> None:
    key = str(opaque_id())
    send("Why?", key=key)
    send("Why?", key=key)
    assert FamilyQuestion.objects.count() == 1


def test_a_machine_is_slowed_down(page: PageForFamilies, monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(limits.HERE.free):
        ask(page=page, text="Why?", language="en", key=opaque_id(), address="192.0.2.1")
    with pytest.raises(ValidationError):
        ask(page=page, text="Why?", language="en", key=opaque_id(), address="192.0.2.1")
    assert ask(page=page, text="Why?", language="en", key=opaque_id(), address="192.0.2.2")
    monkeypatch.setattr(limits, "MOST_WAITING", 3)
    with pytest.raises(ValidationError, match="wait already"):
        ask(page=page, text="Why?", language="en", key=opaque_id(), address="192.0.2.3")


def test_a_closed_box_takes_nothing(page: PageForFamilies, lead: Membership) -> None:
    open_page(page=page, way="everyone", may_be_found=False, takes_questions=False, by=lead)
    assert "/ask/" not in Client().get(HERE).content.decode()
    assert send("Why?").status_code == 422 and not FamilyQuestion.objects.exists()


def test_whoever_has_the_link_asks_too(page: PageForFamilies, lead: Membership) -> None:
    open_page(page=page, way="link", may_be_found=False, takes_questions=True, by=lead)
    assert Client().get(ASK).status_code == 410
    token = replace_family_link(page=page, by=lead).token
    client = Client()
    there = client.get(f"/to-families/{token}", follow=True).request["PATH_INFO"]
    told = {"text": "Why?", "language": "en", "key": str(opaque_id())}
    assert client.post(f"{there}ask/", told).status_code == 302
    assert FamilyQuestion.objects.get().text == "Why?"
    assert Client().post(f"{there}ask/", told).status_code == 404


def test_only_those_who_change_the_plan_answer(page: PageForFamilies, educator: Membership) -> None:
    send("Why?")
    held = FamilyQuestion.objects.get()
    with pytest.raises(Refused):
        answer_question(question=held, wording="", answer="Because.", by=educator)
    with pytest.raises(Refused):
        set_aside(question=held, state="left-out", by=educator)


def test_learners_and_families_with_an_account_see_no_question_that_waits(
    page: PageForFamilies, learner: Membership, family: Membership, school: Organisation
) -> None:
    send("Why?")
    for member in (learner, family):
        assert client_of(member).get(f"/s/{school.slug}/plan/families/questions/").status_code == 404


def test_a_list_of_questions_costs_the_same_however_many(
    page: PageForFamilies,
    lead: Membership,
    school: Organisation,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    there, client = f"/s/{school.slug}/plan/families/questions/", client_of(lead)
    send("Why?")
    client.get(there)
    with django_assert_num_queries(6):
        client.get(there)
    for number in range(8):
        ask(page=page, text=f"Why {number}?", language="en", key=opaque_id(), address="192.0.2.1")
    with django_assert_num_queries(6):
        client.get(there)
