"""Anyone can ask without an account; nothing shows before somebody has answered; nothing tells who asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.verdict import Refused
from throughline.plans.families import limits
from throughline.plans.families.actions.asking import answer_question, ask, set_aside
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import open_page, replace_family_link
from throughline.plans.families.translations import to_translate
from throughline.plans.housekeeping import forget_family_questions
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


def test_where_one_asks_stands_what_is_kept_for_how_long_and_who_sees_it(page: PageForFamilies) -> None:
    read = Client().get(HERE).content.decode()
    assert f'href="{ASK}?in=en#kept"' in read
    asks = Client().get(ASK).content.decode()
    kept = asks.split('id="kept"')[1]
    assert (
        "The staff of the school." in kept
        and "deleted six months after" in kept
        and "your words" in kept.lower()
    )


def test_a_language_that_the_product_does_not_speak_is_asked_for_in_english_and_written_in_its_own(
    page: PageForFamilies, lead: Membership, translated: None
) -> None:
    for language in ("ar", "es"):
        typed = {each.name: Typed(f"– {each.text}", None) for each in to_translate(page, language)}
        translate_page(page=page, language=language, typed=typed, by=lead)
    for language, lang, label in (("ar", "en", "Your question"), ("es", "es", "Su pregunta")):
        asks = Client(headers={"accept-language": "es"}).get(ASK, {"in": language}).content.decode()
        assert f'<html lang="{lang}" dir="ltr"' in asks and label in asks
        box = asks.split("<textarea")[1].split(">")[0]
        assert f'lang="{language}"' in box and 'dir="auto"' in box
        assert f'<option value="{language}" selected' in asks


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [("left-out", 184, False), ("left-out", 183, True), ("held", 400, True), ("answered", 400, True)],
)
def test_what_was_left_out_without_an_answer_is_deleted_after_six_months(
    state: str, days: int, stays: bool, page: PageForFamilies, lead: Membership
) -> None:
    asked = ask(page=page, text="Why?", language="en", key=opaque_id(), address="192.0.2.1")
    if state == "answered":
        answer_question(question=asked, wording="", answer="So.", by=lead)
    if state == "left-out":
        set_aside(question=asked, state=state, by=lead)
    FamilyQuestion.objects.update(on=clock.today() - timedelta(days=days))
    forget_family_questions()
    forget_family_questions()
    assert FamilyQuestion.objects.exists() is stays


def test_what_was_answered_and_taken_off_the_page_stays_inside(
    page: PageForFamilies, lead: Membership
) -> None:
    asked = ask(page=page, text="Why?", language="en", key=opaque_id(), address="192.0.2.1")
    answer_question(question=asked, wording="", answer="So.", by=lead)
    set_aside(question=asked, state="left-out", by=lead)
    FamilyQuestion.objects.update(on=clock.today() - timedelta(days=400))
    forget_family_questions()
    assert FamilyQuestion.objects.get().answer == "So."
