"""A consultation's link: unguessable, ends, can be withdrawn and replaced, limited, and tells nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from throughline.elements.adopting.tests.test_adopting import write
from throughline.elements.consulting.actions.answering import add_theme, answer_theme
from throughline.elements.consulting.actions.opening import (
    Opened,
    end_consultation,
    replace_link,
    withdraw_link,
)
from throughline.elements.consulting.tests.conftest import opened, say
from throughline.elements.models import Consultation, Element, OutsideComment
from throughline.kit import clock
from throughline.schools.models import Membership, hash_of

pytestmark = pytest.mark.django_db


def arrive(token: str) -> tuple[Client, str]:
    """A phone that opened the link, and where it was sent."""
    phone = Client()
    answer = phone.get(reverse("elements:consultation-link", args=[token]))
    assert answer.status_code == 302
    return phone, answer["Location"]


def shown(token: str) -> str:
    phone, there = arrive(token)
    answer = phone.get(there)
    return str(answer.content.decode()) if answer.status_code == 200 else ""


def paragraph_of(consultation: Consultation, place: int = 0) -> str:
    from throughline.elements.writing.schema import blocks

    return blocks(consultation.document)[place].fingerprint


def sent(phone: Client, there: str, **more: Any) -> Any:
    page = phone.get(f"{there}comment/")
    key = page.context["form"]["key"].value()
    return phone.post(
        f"{there}comment/{more.pop('query', '')}", {"text": "Good.", "belongs": "family", "key": key, **more}
    )


def test_the_text_can_be_read_and_commented_on_without_account(call: Opened) -> None:
    phone, there = arrive(call.token)
    answer = phone.get(there)
    page = answer.content.decode()
    assert "They ask good questions." in page and "What is missing?" in page and "Please tell us." in page
    assert answer["Referrer-Policy"] == "no-referrer" and "noindex" in answer["X-Robots-Tag"]
    about = paragraph_of(call.consultation, 1)
    assert "They finish what they begin." in phone.get(f"{there}comment/?about={about}").content.decode()
    done = sent(phone, there, query=f"?about={about}", text="Not all do.", name="Ana")
    assert done.status_code == 302
    kept = OutsideComment.objects.get()
    assert (kept.about, kept.place, kept.text, kept.name, kept.state) == (
        about,
        2,
        "Not all do.",
        "Ana",
        "held",
    )
    assert "Thank you" in phone.get(done["Location"]).content.decode()


def test_a_comment_is_held_and_never_shown_by_the_link(call: Opened) -> None:
    say(call.consultation, "Something unkind about a child")
    OutsideComment.objects.update(state="taken")
    assert "They ask good questions." in shown(call.token)
    assert "Something unkind" not in shown(call.token)


def test_a_comment_that_is_sent_twice_is_kept_once(call: Opened) -> None:
    phone, there = arrive(call.token)
    page = phone.get(f"{there}comment/")
    data = {"text": "Good.", "belongs": "learner", "key": page.context["form"]["key"].value()}
    for _each in range(3):
        assert phone.post(f"{there}comment/", data).status_code == 302
    assert OutsideComment.objects.count() == 1


def test_what_people_read_does_not_move_while_others_write(
    call: Opened, element: Element, lead: Membership
) -> None:
    write(element, lead, "Something else.")
    assert "They ask good questions." in shown(call.token)
    assert "Something else." not in shown(call.token)


def test_only_the_hash_of_the_link_is_kept(call: Opened) -> None:
    held = Consultation.objects.get()
    assert held.token_hash == hash_of(call.token) and call.token not in str(held.__dict__)


def test_whatever_is_wrong_with_a_link_is_answered_alike(call: Opened, lead: Membership) -> None:
    phone, there = arrive(call.token)
    assert phone.get(there).status_code == 200
    guess, elsewhere = arrive("x" * 43)
    withdrawn = withdraw_link(consultation=call.consultation, by=lead)
    pages = [
        phone.get(there),
        guess.get(elsewhere),
        Client().get(there),
        phone.get(f"{there}comment/"),
        phone.post(f"{there}comment/", {"text": "x"}),
    ]
    assert withdrawn.token_hash is None
    assert {each.status_code for each in pages} == {404}
    assert all("This link is not open" in each.content.decode() for each in pages)


def test_another_link_replaces_the_first(call: Opened, lead: Membership) -> None:
    second = replace_link(consultation=call.consultation, by=lead)
    assert shown(call.token) == "" and "They ask good questions." in shown(second.token)


def test_a_passcode_is_asked_and_wrong_ones_are_slowed_down(element: Element, lead: Membership) -> None:
    made = opened(element, lead, passcode="harbor wall")
    phone, there = arrive(made.token)
    assert "They ask" not in phone.get(there).content.decode()
    assert phone.get(f"{there}comment/").status_code == 302
    for _each in range(6):
        answer = phone.post(there, {"passcode": "wrong one"})
    assert answer.status_code == 429 and "Retry-After" in answer
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        assert phone.post(there, {"passcode": " harbor  wall "}).status_code == 302
    assert "They ask good questions." in phone.get(there).content.decode()


def test_it_ends_by_itself_and_the_same_link_shows_the_answers(
    call: Opened, element: Element, lead: Membership
) -> None:
    theme = add_theme(consultation=call.consultation, title="Finishing", by=lead)
    silent = add_theme(consultation=call.consultation, title="Not answered", by=lead)
    answer_theme(
        theme=theme,
        title="Finishing",
        heard="Not everyone finishes.",
        answer="We changed the words.",
        seen=1,
        by=lead,
    )
    assert silent.answer == ""
    before = shown(call.token)
    assert "Comment on the whole" in before and "We changed the words." not in before
    phone, there = arrive(call.token)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        phone, there = arrive(call.token)
        after = phone.get(there).content.decode()
        assert (
            phone.post(f"{there}comment/", {"text": "Late", "belongs": "other", "key": ""}).status_code == 422
        )
    assert "We changed the words." in after and "Not everyone finishes." in after
    assert "Comment on the whole" not in after and "Not answered" not in after
    with clock.standing_at(clock.now() + timedelta(days=14 + 400)):
        assert shown(call.token) == ""


def test_it_can_be_ended_early_and_a_late_comment_says_so(call: Opened, lead: Membership) -> None:
    phone, there = arrive(call.token)
    page = phone.get(f"{there}comment/")
    end_consultation(consultation=call.consultation, by=lead)
    data = {"text": "A long thought", "belongs": "family", "key": page.context["form"]["key"].value()}
    answer = phone.post(f"{there}comment/", data)
    assert answer.status_code == 422
    assert "takes no comments now" in answer.content.decode() and "A long thought" in answer.content.decode()


def test_it_has_not_begun_before_its_first_day(element: Element, lead: Membership) -> None:
    made = opened(element, lead, opens_on=clock.today() + timedelta(days=2))
    phone, there = arrive(made.token)
    page = phone.get(there).content.decode()
    assert "They ask good questions." in page and "Comment on the whole" not in page
    assert phone.get(f"{there}comment/").status_code == 302


@pytest.mark.parametrize(
    ("sent_along", "sentence"),
    [
        ({"text": " \u200b "}, ""),
        ({"text": "x" * 4001}, "4000"),
        ({"belongs": "the-president"}, ""),
        ({"name": "x" * 101}, "100"),
    ],
)
def test_bad_input_is_told_and_kept_in_the_form(
    call: Opened, sent_along: dict[str, str], sentence: str
) -> None:
    phone, there = arrive(call.token)
    answer = sent(phone, there, **sent_along)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not OutsideComment.objects.exists()


def test_script_in_a_comment_is_text(call: Opened, lead: Membership) -> None:
    from throughline.testing import client_of

    say(call.consultation, "<script>alert(1)</script>")
    address = reverse(
        "elements:comments", args=[lead.organisation.slug, "graduate-profile", call.consultation.pk]
    )
    page = client_of(lead).get(address).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>alert" not in page


def test_a_machine_that_floods_is_slowed_down_and_a_class_is_not(call: Opened) -> None:
    phone, there = arrive(call.token)
    for number in range(60):
        say(call.consultation, f"Number {number}")
    answer = None
    for _each in range(2):
        page = phone.get(f"{there}comment/")
        data = {"text": "One more", "belongs": "family", "key": page.context["form"]["key"].value()}
        answer = phone.post(f"{there}comment/", data, REMOTE_ADDR="192.0.2.1")
    assert answer is not None and answer.status_code == 429
    assert "Please wait" in answer.content.decode() and "One more" in answer.content.decode()
    assert phone.post(f"{there}comment/", data, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_nothing_else_of_the_school_is_told(call: Opened, lead: Membership) -> None:
    page = shown(call.token)
    assert lead.name not in page and f"/s/{lead.organisation.slug}/" not in page
