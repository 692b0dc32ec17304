"""A school's own questions are moved among the others, stay where they were put, and can come to be about something else."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.asking.actions import (
    add_own_question,
    bring_back_question,
    change_question,
    compose,
    drop_question,
    move_question,
)
from throughline.voices.asking.filling import rows_of
from throughline.voices.asking.order import as_asked
from throughline.voices.models import Asked, Listening, Question

pytestmark = pytest.mark.django_db
ABOUT, MORE = ["stakeholder-buy-in"], ["stakeholder-buy-in", "timely-support"]


@pytest.fixture
def asked(listening: Listening, lead: Membership) -> Asked:
    compose(listening=listening, competencies=MORE, by=lead)
    return Asked.objects.select_related("listening").get(listening=listening, group="learner")


@pytest.fixture
def own(asked: Asked, lead: Membership) -> Callable[..., Question]:
    def add(text: str, competency: str = ABOUT[0], scale: str = "how-far") -> Question:
        return add_own_question(
            asked=asked, words={"en": {"text": text}}, competency=competency, scale=scale, by=lead
        )

    return add


def order(asked: Asked) -> list[str]:
    return [row.code for row in as_asked(rows_of(asked))]


def test_one_s_own_moves_among_the_others_of_its_domain(
    asked: Asked, own: Callable[..., Question], lead: Membership
) -> None:
    before = order(asked)
    mine = own("Mine?")
    bank = [
        row for row in rows_of(asked) if row.domain == mine.domain and row.kind == "steps" and not row.own
    ]
    assert order(asked).index("own-1") == order(asked).index(bank[-1].code) + 1
    move_question(question=mine, beside=bank[0], up=True, by=lead)
    assert order(asked).index("own-1") == order(asked).index(bank[0].code) - 1
    assert [code for code in order(asked) if code != "own-1"] == before
    move_question(question=mine, beside=bank[0], up=False, by=lead)
    assert order(asked).index("own-1") == order(asked).index(bank[0].code) + 1


def test_it_stays_where_it_was_put_while_the_rest_is_composed_anew(
    asked: Asked, own: Callable[..., Question], listening: Listening, lead: Membership
) -> None:
    one, two = own("One?"), own("Two?")
    bank = [row for row in rows_of(asked) if row.domain == one.domain and row.kind == "steps" and not row.own]
    move_question(question=two, beside=bank[0], up=True, by=lead)
    move_question(question=one, beside=bank[0], up=False, by=lead)
    stands = [two.code, bank[0].code, one.code, bank[1].code]

    def at_the_beginning() -> list[str]:
        codes = order(asked)
        return codes[codes.index(two.code) :][:4]

    assert at_the_beginning() == stands
    compose(listening=listening, competencies=ABOUT, by=lead)
    assert at_the_beginning() == stands
    drop_question(question=bank[0], by=lead)
    compose(listening=listening, competencies=MORE, by=lead)
    assert order(asked)[:2] == [two.code, one.code]
    bring_back_question(asked=asked, code=bank[0].code, by=lead)
    assert bank[0].code in order(asked)
    assert len(order(asked)) == len(set(order(asked)))


def test_only_one_s_own_and_only_where_it_belongs(
    asked: Asked, own: Callable[..., Question], lead: Membership
) -> None:
    mine, alone, open_one = own("Mine?"), own("Alone?", competency=""), own("Write?", scale="")
    theirs = rows_of(asked)[0]
    for question, beside in ((theirs, mine), (mine, alone), (mine, open_one), (alone, theirs)):
        with pytest.raises(ValidationError):
            move_question(question=question, beside=beside, up=True, by=lead)


def test_two_who_move_it_at_once_push_it_no_further_than_each_saw(
    asked: Asked, own: Callable[..., Question], lead: Membership, listening: Listening
) -> None:
    mine = own("Mine?")
    bank = [
        row for row in rows_of(asked) if row.domain == mine.domain and row.kind == "steps" and not row.own
    ]
    page = reverse("voices:questions-of", args=["harbour-bridge", listening.pk, asked.pk])
    move = {"move": f"up {mine.pk} {bank[-1].pk}"}
    first, second = client_of(lead), client_of(lead)
    assert first.post(page, move).headers["Location"] == f"{page}#q-{mine.pk}"
    second.post(page, move)
    assert order(asked).index("own-1") == order(asked).index(bank[-1].code) - 1
    drop_question(question=bank[-2], by=lead)
    told = first.post(page, {"move": f"up {mine.pk} {bank[-2].pk}"}, follow=True).content.decode()
    assert "changed meanwhile" in told
    for nonsense in ("", "up", "up x y", f"up {bank[0].pk} {mine.pk}"):
        assert first.post(page, {"move": nonsense}).status_code == 302


def test_it_can_be_about_another_competency_and_then_stands_in_its_domain(
    asked: Asked, own: Callable[..., Question], lead: Membership, listening: Listening
) -> None:
    mine = own("Mine?")
    page = reverse("voices:change-question", args=["harbour-bridge", listening.pk, mine.pk])
    client = client_of(lead)
    assert client.get(page).context["form"].initial["competency"] == ABOUT[0]
    client.post(page, {"text-en": "Mine?", "competency": MORE[1]})
    mine.refresh_from_db()
    assert (mine.competency, mine.domain) == (MORE[1], "alignment")
    alike = [row for row in as_asked(rows_of(asked)) if row.domain == "alignment" and row.kind == "steps"]
    assert alike[-1].code == mine.code
    client.post(page, {"text-en": "Mine?", "competency": ""})
    mine.refresh_from_db()
    assert (mine.competency, mine.domain) == ("", "")
    with pytest.raises(ValidationError):
        change_question(question=mine, words=mine.words, competency="nowhere", by=lead)
    bank = rows_of(asked)[0]
    change_question(question=bank, words=bank.words, competency=MORE[1], by=lead)
    bank.refresh_from_db()
    assert bank.competency == ABOUT[0]
