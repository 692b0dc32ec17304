"""What people said as evidence: frozen as it may be shown, and readable when single answers are gone."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.models import Claim, Evidence
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.citing.actions import cite_conversation, cite_result
from throughline.voices.closing.actions import close_listening, forget_what_is_due
from throughline.voices.conversations.actions import add_conversation, change_conversation
from throughline.voices.models import Answer, Asked, Cited, Conversation, Listening, Question
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft

pytestmark = pytest.mark.django_db
ABOUT = "stakeholder-buy-in"


@pytest.fixture
def heard(open_one: Listening, lead: Membership) -> Listening:
    """A closed listening: fourteen families answered often or always, too few learners."""
    for group, count in (("family", 14), ("learner", 3)):
        asked = Asked.objects.select_related("listening").get(listening=open_one, group=group)
        codes = Question.objects.filter(asked=asked, kind="steps").values_list("code", flat=True)
        for number in range(count):
            token = begin_draft(asked)
            steps = dict.fromkeys(codes, 3 + number % 2 if number % 3 else 1)
            save_draft(token, steps=steps, background={}, words={})
            hand_in(token)
    close_listening(listening=open_one, by=lead)
    rows = Listening.objects.select_related("journey__record", "round", "organisation")
    return rows.get(pk=open_one.pk)


@pytest.fixture
def talk(heard: Listening, lead: Membership) -> Conversation:
    return add_conversation(
        journey=heard.journey,
        listening=heard,
        group="learner",
        held_on=clock.today(),
        how_many="up-to-5",
        competencies=[ABOUT],
        heard="We are asked too late.",
        differs="One says that it is fine.",
        by=lead,
    )


def at(name: str, listening: Listening, **more: object) -> str:
    room, _colon, page = name.partition(":")
    return reverse(f"{room}:{page}", kwargs={"school": listening.organisation.slug, **more})


def shown(response: Any) -> str:
    return str(response.content.decode())


def shows(listening: Listening) -> list[Any]:
    known = tree(listening.journey.record.version_id).competencies
    return [each.id for each in known if each.code == ABOUT]


def test_one_form_makes_a_result_evidence_and_it_says_what_was_said(
    heard: Listening, educator: Membership
) -> None:
    client = client_of(educator)
    there = at("voices:cite-result", heard, listening_id=heard.pk, competency=ABOUT)
    page = client.get(there)
    assert "14 of 40 invited answered" in shown(page) or "14 people answered" in shown(page)
    form = page.context["form"]
    said = {name: form[name].value() for name in ("shows", "mark", "recheck_on")}
    assert [str(each) for each in said["shows"]] == [str(each) for each in shows(heard)]
    made_page = shown(client.post(there, {**said, "why": "They live with it."}, follow=True))
    assert "It is evidence now" in made_page and "said often or always" in made_page
    made = Evidence.objects.get(kind=Evidence.Kind.HEARD)
    assert Claim.objects.get(evidence=made).competency_id == shows(heard)[0]
    assert heard.title in made.title


def test_the_file_has_the_digest_that_the_page_says(heard: Listening, lead: Membership) -> None:
    made = cite_result(
        listening=heard, competency=ABOUT, record=heard.journey.record, competencies=shows(heard), by=lead
    )
    file = client_of(lead).get(at("voices:cited-file", heard, evidence_id=made.pk)).content
    digest = hashlib.sha256(file).hexdigest()
    assert digest == Cited.objects.get(evidence=made).digest
    assert digest in shown(client_of(lead).get(at("records:evidence", heard, evidence_id=made.pk)))


def test_only_what_may_be_shown_of_this_competency_is_frozen(heard: Listening, lead: Membership) -> None:
    made = cite_result(
        listening=heard, competency=ABOUT, record=heard.journey.record, competencies=shows(heard), by=lead
    )
    figures = Cited.objects.get(evidence=made).content["figures"]
    assert {each["competency"] for each in figures["questions"]} == {ABOUT}
    assert [unit["groups"] for unit in figures["units"]] == [["family"]]
    assert all(not unit["cuts"] and not each["cuts"] for unit in figures["units"] for each in unit["shown"])


def test_it_stays_readable_when_single_answers_are_gone(heard: Listening, lead: Membership) -> None:
    made = cite_result(
        listening=heard, competency=ABOUT, record=heard.journey.record, competencies=shows(heard), by=lead
    )
    before = shown(client_of(lead).get(at("records:evidence", heard, evidence_id=made.pk)))
    with clock.standing_at(timezone.now() + timedelta(days=400)):
        assert forget_what_is_due() == 1
    assert not Answer.objects.exists()
    after = shown(client_of(lead).get(at("records:evidence", heard, evidence_id=made.pk)))
    assert "said often or always" in after and before.count("<dt") == after.count("<dt")


def test_a_conversation_is_cited_as_it_stood(
    heard: Listening, talk: Conversation, lead: Membership, educator: Membership
) -> None:
    there = at("voices:cite-conversation", heard, conversation_id=talk.pk)
    page = client_of(educator).get(at("voices:conversation", heard, conversation_id=talk.pk))
    assert there in shown(page)
    client = client_of(educator)
    form = client.get(there).context["form"]
    said = {name: form[name].value() for name in ("shows", "mark", "recheck_on")}
    assert "asked too late" in shown(client.post(there, said, follow=True))
    made = Evidence.objects.get(kind=Evidence.Kind.HEARD)
    change_conversation(
        conversation=talk,
        group="learner",
        held_on=clock.today(),
        how_many="up-to-5",
        competencies=[],
        heard="It is better now.",
        differs="",
        by=lead,
    )
    later = shown(client_of(educator).get(at("records:evidence", heard, evidence_id=made.pk)))
    assert "asked too late" in later and "says something else today" in later and "better now" not in later


def test_nothing_is_cited_before_results_open_or_where_nothing_may_be_shown(
    open_one: Listening, lead: Membership
) -> None:
    record = open_one.journey.record
    with pytest.raises(Refused):
        cite_result(
            listening=open_one, competency=ABOUT, record=record, competencies=shows(open_one), by=lead
        )
    there = at("voices:cite-result", open_one, listening_id=open_one.pk, competency=ABOUT)
    assert client_of(lead).get(there).status_code == 403
    close_listening(listening=open_one, by=lead)
    held = Listening.objects.select_related("journey__record", "round").get(pk=open_one.pk)
    with pytest.raises(ValidationError, match="too few"):
        cite_result(listening=held, competency=ABOUT, record=record, competencies=shows(held), by=lead)
    assert client_of(lead).get(there).status_code == 404


def test_learners_and_families_cite_nothing(
    heard: Listening, talk: Conversation, learner: Membership
) -> None:
    with pytest.raises(Refused):
        cite_conversation(
            conversation=talk, record=heard.journey.record, competencies=shows(heard), by=learner
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"competencies": []}, "shows"), ({"recheck_on": timezone.now().date()}, "recheck_on")],
)
def test_what_does_not_fit_is_refused(
    heard: Listening, lead: Membership, wrong: dict[str, Any], field: str
) -> None:
    told = {"record": heard.journey.record, "competencies": shows(heard), **wrong}
    with pytest.raises(ValidationError) as why:
        cite_result(listening=heard, competency=ABOUT, by=lead, **told)
    assert field in why.value.message_dict
