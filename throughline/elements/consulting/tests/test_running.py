"""Staff open a consultation, read what was said beside its paragraph, group it and answer it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.elements.adopting.actions import Meanwhile, Seen
from throughline.elements.consulting.actions.answering import (
    AnsweredMeanwhile,
    add_theme,
    answer_theme,
    moderate,
    remove_theme,
)
from throughline.elements.consulting.actions.opening import (
    Call,
    Opened,
    open_consultation,
    prolong_consultation,
)
from throughline.elements.consulting.queries import Wanted, comments_of
from throughline.elements.consulting.tests.conftest import opened, say
from throughline.elements.models import Consultation, Element, OutsideComment, Stage, Theme
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def at(name: str, consultation: Consultation, **more: Any) -> str:
    known = {"school": consultation.organisation.slug, "kind": "graduate-profile"}
    return reverse(f"elements:{name}", kwargs={**known, "consultation_id": consultation.pk, **more})


def test_opening_brings_the_element_into_consultation_and_shows_the_link_once(
    lead: Membership, school: Organisation, element: Element
) -> None:
    browser, there = client_of(lead), f"/s/{school.slug}/elements/graduate-profile/consultations/"
    page = browser.get(f"{there}new/")
    data = {
        "introduction": "Why we ask",
        "questions": "What is missing?\n\n  And  what is too much?\n",
        "opens_on": str(clock.today()),
        "closes_on": str(clock.today() + timedelta(days=9)),
        "seen_change": page.context["form"]["seen_change"].value(),
    }
    answer = browser.post(f"{there}new/", data)
    assert answer.status_code == 302
    element.refresh_from_db()
    held = Consultation.objects.get()
    assert element.stage == Stage.CONSULTATION
    assert held.questions == ["What is missing?", "And what is too much?"]
    assert "/say/" in browser.get(answer["Location"]).content.decode()
    assert "/say/" not in browser.get(answer["Location"]).content.decode()


def test_a_decision_of_somebody_else_comes_first(lead: Membership, element: Element) -> None:
    opened(element, lead)
    call = Call(clock.today(), clock.today())
    with pytest.raises(Meanwhile):
        open_consultation(element=element, call=call, seen=Seen(None, 0), by=lead)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"closes_on": clock.today() - timedelta(days=1)}, "closes_on"),
        ({"closes_on": clock.today() + timedelta(days=500)}, "closes_on"),
        ({"questions": ("?",) * 9}, "questions"),
        ({"questions": ("x" * 301,)}, "questions"),
        ({"introduction": "x" * 4001}, "introduction"),
        ({"passcode": "short"}, "passcode"),
    ],
)
def test_wrong_calls_are_told_in_a_sentence(
    lead: Membership, element: Element, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        opened(element, lead, **more)
    assert field in told.value.message_dict
    assert not Consultation.objects.exists()


def test_many_comments_are_moderated_at_once_and_stand_beside_their_paragraph(
    lead: Membership, call: Opened
) -> None:
    browser, consultation = client_of(lead), call.consultation
    made = [say(consultation, f"Said {number}") for number in range(3)]
    theme = add_theme(consultation=consultation, title="Finishing", by=lead)
    page = browser.get(at("comments", consultation)).content.decode()
    assert all(f"Said {number}" in page for number in range(3))
    browser.post(
        at("moderate", consultation),
        {"comment": [str(each.pk) for each in made[:2]], "state": "taken", "theme": str(theme.pk)},
    )
    assert (
        sorted(OutsideComment.objects.values_list("state", "theme"))
        == sorted([("taken", theme.pk), ("taken", theme.pk), ("held", None)], key=str)
        or OutsideComment.objects.filter(state="taken", theme=theme).count() == 2
    )
    moderate(consultation=consultation, comments=[made[0].pk], state="left-out", by=lead)
    assert OutsideComment.objects.get(pk=made[0].pk).theme is None
    assert [each.pk for each in comments_of(consultation, Wanted(theme=theme.pk))] == [made[1].pk]


def test_staff_see_what_was_taken_in_and_others_nothing(
    lead: Membership, school: Organisation, call: Opened
) -> None:
    held, taken = say(call.consultation, "Still held"), say(call.consultation, "Already read")
    moderate(consultation=call.consultation, comments=[taken.pk], state="taken", by=lead)
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    page = client_of(educator).get(at("comments", call.consultation)).content.decode()
    assert held.text not in page and taken.text in page
    with pytest.raises(Refused):
        moderate(consultation=call.consultation, comments=[held.pk], state="taken", by=educator)
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    assert client_of(learner).get(at("comments", call.consultation)).status_code == 404


def test_two_who_answer_a_theme_both_see_both_versions(lead: Membership, call: Opened) -> None:
    theme = add_theme(consultation=call.consultation, title="Finishing", by=lead)
    answer_theme(theme=theme, title="Finishing", heard="Theirs", answer="Their answer", seen=1, by=lead)
    with pytest.raises(AnsweredMeanwhile):
        answer_theme(theme=theme, title="Finishing", heard="Mine", answer="My answer", seen=1, by=lead)
    data = {"title": "Finishing", "heard": "Mine", "answer": "My answer", "seen": "1"}
    answer = client_of(lead).post(at("theme", call.consultation, theme_id=theme.pk), data)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Their answer" in page and "My answer" in page
    data["seen"] = answer.context["form"]["seen"].value()
    assert client_of(lead).post(at("theme", call.consultation, theme_id=theme.pk), data).status_code == 302
    assert Theme.objects.get().answer == "My answer"


def test_a_removed_theme_leaves_its_comments(lead: Membership, call: Opened) -> None:
    theme = add_theme(consultation=call.consultation, title="Finishing", by=lead)
    made = say(call.consultation, "Said")
    moderate(consultation=call.consultation, comments=[made.pk], state="taken", theme=theme.pk, by=lead)
    remove_theme(theme=theme, by=lead)
    kept = OutsideComment.objects.get()
    assert (kept.theme, kept.state) == (None, "taken")


def test_what_was_over_can_be_opened_again(lead: Membership, call: Opened) -> None:
    with clock.standing_at(clock.now() + timedelta(days=20)):
        assert not Consultation.objects.get().is_open
        again = clock.today() + timedelta(days=3)
        assert prolong_consultation(consultation=call.consultation, until=again, by=lead).is_open
        with pytest.raises(ValidationError):
            prolong_consultation(
                consultation=call.consultation, until=clock.today() - timedelta(days=1), by=lead
            )


def many(consultation: Consultation, number: int) -> None:
    OutsideComment.objects.bulk_create(
        OutsideComment(
            organisation=consultation.organisation,
            consultation=consultation,
            belongs=("family", "learner")[each % 2],
            place=each % 3,
            text=f"Comment {each}",
        )
        for each in range(number)
    )


def test_ten_thousand_comments_cost_as_many_questions_as_ten(
    lead: Membership, call: Opened, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser, consultation = client_of(lead), call.consultation
    theme = add_theme(consultation=consultation, title="Finishing", by=lead)
    many(consultation, 10_000)
    OutsideComment.objects.filter(place=1).update(state="taken", theme=theme)
    pages = [
        at("comments", consultation) + "?page=100&state=held",
        at("consultation", consultation),
        at("themes", consultation),
        at("theme", consultation, theme_id=theme.pk),
        reverse("elements:consultations", args=[lead.organisation.slug, "graduate-profile"]),
    ]
    for address in pages:
        browser.get(address)
        with django_assert_max_num_queries(10):
            assert browser.get(address).status_code == 200
    shown = browser.get(pages[0])
    assert len(shown.context["rows"]) == 50 and len(shown.content) < 100_000
    ids = [str(each.pk) for each in comments_of(consultation, Wanted(state="held"))[:200]]
    browser.post(at("moderate", consultation), {"comment": ids, "state": "left-out"})
    assert OutsideComment.objects.filter(state="left-out").count() == 200
