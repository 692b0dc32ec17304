"""Pages of composing: from nothing to an open listening, and what each page shows."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.asking.actions import add_host, add_own_question, compose, drop_question
from throughline.voices.models import Asked, HeldAnswer, Host, Listening, Question

pytestmark = pytest.mark.django_db
ABOUT = ["stakeholder-buy-in", "learning-is-constant-time-is-variable"]


def at(name: str, **more: object) -> str:
    return str(reverse(f"voices:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


def of(listening: Listening, group: str) -> Asked:
    return Asked.objects.get(listening=listening, group=group)


def test_nothing_yet_leads_on_to_beginning(journey: Journey, lead: Membership, educator: Membership) -> None:
    assert at("begin") in shown(client_of(lead).get(at("listenings")))
    assert at("begin") not in shown(client_of(educator).get(at("listenings")))
    assert client_of(educator).get(at("begin")).status_code == 403


def test_from_nothing_to_an_open_listening(journey: Journey, lead: Membership) -> None:
    client = client_of(lead)
    page = client.get(at("begin"))
    of_what = page.context["form"].initial["of"]
    page = client.post(at("begin"), {"title": "In spring", "of": of_what})
    begun = Listening.objects.get()
    here = {"listening_id": begun.pk}
    assert page.headers["Location"] == at("about", **here)
    page = client.post(at("about", **here), {"competencies": ABOUT, "languages": ["en", "es"]})
    assert page.headers["Location"] == at("groups", **here)
    client.post(at("groups", **here), {"invited-learner": "400", "ask-family": "on", "invited-family": "250"})
    assert {each.group: each.invited for each in Asked.objects.all()} == {"learner": 400, "family": 250}
    assert "about 4 minutes" in shown(client.get(at("groups", **here))) or "minutes" in shown(
        client.get(at("groups", **here))
    )
    page = client.post(at("open", **here))
    assert page.status_code == 422 and "Say until when it is open." in shown(page)
    until = clock.today().isoformat()
    said = {
        "title": "In spring",
        "closes_on": until,
        "threshold": 10,
        "days_kept": 30,
        "reader": str(lead.pk),
        "contact-en": "The office",
        "contact-es": "La oficina",
    }
    client.post(at("held", **here), said)
    assert client.post(at("open", **here)).status_code == 302
    begun.refresh_from_db()
    assert (begun.state, begun.reader, begun.contact["es"]) == ("open", lead, "La oficina")
    assert "Today is the last day." in shown(client.get(at("listening", **here)))
    client.post(at("pause", **here))
    assert Listening.objects.get().state == "paused"
    client.post(at("resume", **here))
    assert Listening.objects.get().state == "open"
    page = client.post(at("extend", **here), {"closes_on": "2001-01-01"})
    assert page.status_code == 422 and "This day has passed." in shown(page)


def test_the_round_suggests_what_it_is_about(
    listening: Listening, lead: Membership, with_round: Listening
) -> None:
    page = client_of(lead).get(at("about", listening_id=with_round.pk))
    chosen = page.context["form"].initial["competencies"]
    assert len(chosen) == with_round.round.items.count() > 0  # type: ignore[union-attr]
    assert "chosen already" in shown(page)
    assert "chosen already" not in shown(client_of(lead).get(at("about", listening_id=listening.pk)))


@pytest.fixture
def with_round(journey: Journey, lead: Membership) -> Listening:
    from throughline.journeys.models import Round, RoundItem

    version = journey.record.version
    held = Round.objects.create(
        organisation=lead.organisation, journey=journey, framework_version=version, number=1, made_by=lead
    )
    for position, each in enumerate(version.competencies.all()[:3]):
        RoundItem.objects.create(
            organisation=lead.organisation, round=held, competency=each, position=position
        )
    from throughline.voices.asking.actions import begin_listening

    return begin_listening(journey=journey, round=held, title="With a round", by=lead)


def test_a_question_is_worded_left_out_and_brought_back(listening: Listening, lead: Membership) -> None:
    compose(listening=listening, competencies=ABOUT, by=lead)
    client, asked = client_of(lead), of(listening, "learner")
    here = at("questions-of", listening_id=listening.pk, asked_id=asked.pk)
    first = Question.objects.filter(asked=asked).earliest("position")
    there = at("change-question", listening_id=listening.pk, wording_id=first.pk)
    page = client.post(there, {"text-en": "How often are drugs sold here?", "simple-en": ""}, follow=True)
    assert "illegal, antisocial" in shown(page) and "in your words" in shown(page)
    client.post(here, {"drop": str(first.pk)})
    assert not Question.objects.filter(pk=first.pk).exists()
    assert f'value="{first.code}"' in shown(client.get(here))
    client.post(here, {"back": first.code})
    assert Question.objects.filter(asked=asked).earliest("position").code == first.code


def test_a_schools_own_question_is_marked_and_stands_with_its_competency(
    listening: Listening, lead: Membership
) -> None:
    compose(listening=listening, competencies=ABOUT, by=lead)
    client, asked = client_of(lead), of(listening, "family")
    there = at("own-question", listening_id=listening.pk, asked_id=asked.pk)
    page = client.post(there, {"text-en": "", "scale": "how-far"})
    assert page.status_code == 422
    said = {"text-en": "How far can you reach us?", "scale": "how-far", "competency": ABOUT[0]}
    page = client.post(there, said, follow=True)
    own = Question.objects.get(own=True)
    assert (own.competency, own.domain, own.kind) == (ABOUT[0], "purpose-vision", "steps")
    assert "your own" in shown(page)
    client.post(there, {"text-en": "What do you wish for?", "scale": ""})
    assert Question.objects.filter(own=True, kind="open").count() == 1


def test_only_how_many_have_answered_is_told(open_one: Listening, lead: Membership) -> None:
    asked, client = of(open_one, "learner"), client_of(lead)

    def answer(times: int) -> str:
        for _each in range(times):
            HeldAnswer.objects.create(
                organisation=lead.organisation, asked=asked, way="link", content={"steps": {}}
            )
        return shown(client.get(at("listening", listening_id=open_one.pk)))

    assert "Nobody has answered yet." in answer(0)
    assert "Fewer than 10 have answered." in answer(9)
    assert "11 of 40 invited have answered." in answer(2)


def test_a_group_that_cannot_be_shown_is_not_asked(listening: Listening, lead: Membership) -> None:
    compose(listening=listening, competencies=ABOUT, by=lead)
    client, asked = client_of(lead), of(listening, "family")
    here = at("group", listening_id=listening.pk, asked_id=asked.pk)
    said = {"invited": "8", "expected": "50", "by_link": "on", "counted_with": ""}
    client.post(here, said)
    assert "hold a conversation with them instead" in shown(client.get(here))
    page = client.post(at("open", listening_id=listening.pk))
    assert page.status_code == 422 and "about 4 answers can be expected" in shown(page)
    client.post(here, {**said, "counted_with": "learner"})
    assert "Shown together with: Learners." in shown(client.get(here))
    assert "can be expected" not in shown(client.post(at("open", listening_id=listening.pk)))
    client.post(here, {"drop": "yes"})
    assert not Asked.objects.filter(pk=asked.pk).exists()


def test_what_is_asked_of_the_person_in_every_language(
    translated: None, listening: Listening, lead: Membership
) -> None:
    compose(listening=listening, competencies=ABOUT, languages=["en", "es"], by=lead)
    client, here = client_of(lead), at("background", listening_id=listening.pk)
    said = {**client.get(here).context["form"].initial, "ask-belonging": "on"}
    said = {name: value for name, value in said.items() if value is not False}
    page = client.post(here, {**said, "choices-belonging-es": "Sí\nEn parte"})
    assert page.status_code == 422 and "in each language, in the same order" in shown(page)
    assert client.post(here, said).status_code == 302
    [kept] = Listening.objects.get(pk=listening.pk).background
    assert kept["code"] == "belonging"
    assert [each["words"]["es"] for each in kept["choices"]] == ["Sí", "En parte", "La verdad, no"]


def test_two_who_change_it_at_once_see_each_other(listening: Listening, lead: Membership) -> None:
    client, here = client_of(lead), at("held", listening_id=listening.pk)
    form = client.get(here).context["form"]
    seen = {"title": "Mine", "threshold": "10", "days_kept": "90", "as_seen": form.mark()}
    Listening.objects.update(title="Theirs")
    page = client.post(here, seen)
    assert page.status_code == 422 and "Theirs" in shown(page) and "Mine" in shown(page)
    assert Listening.objects.get().title == "Theirs"


def test_a_learner_who_hosts_it_composes_but_does_not_run_it(
    listening: Listening, lead: Membership, learner: Membership
) -> None:
    client_of(lead).post(at("hosts", listening_id=listening.pk), {"member": str(learner.pk)})
    host = Host.objects.get(membership=learner)
    client, here = client_of(learner), {"listening_id": listening.pk}
    said = {"title": "Ours", "threshold": "10", "days_kept": "90", "reader": str(learner.pk)}
    assert client.post(at("held", **here), said).status_code == 302
    listening.refresh_from_db()
    assert (listening.title, listening.reader) == ("Ours", None)
    for name in ("open", "pause", "resume", "extend", "hosts"):
        assert client.post(at(name, **here)).status_code == 403
    client_of(lead).post(at("hosts", **here), {"remove": str(host.pk)})
    assert client.get(at("listening", **here)).status_code == 404


def test_every_page_in_a_fixed_number_of_queries(
    listening: Listening, lead: Membership, learner: Membership, django_assert_max_num_queries: Any
) -> None:
    compose(listening=listening, competencies=ABOUT, by=lead)
    asked = of(listening, "learner")
    add_host(listening=listening, member=learner, by=lead)
    add_own_question(asked=asked, words={"en": {"text": "Mine?"}}, scale="how-far", by=lead)
    drop_question(question=Question.objects.filter(asked=asked).earliest("position"), by=lead)
    own = Question.objects.get(own=True)
    here, client = {"listening_id": listening.pk}, client_of(lead)
    pages = [
        at("listenings"),
        at("begin"),
        *(at(name, **here) for name in ("listening", "about", "groups", "held", "background", "hosts")),
        *(at(name, asked_id=asked.pk, **here) for name in ("group", "questions-of", "own-question")),
        at("change-question", wording_id=own.pk, **here),
    ]
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200, page
