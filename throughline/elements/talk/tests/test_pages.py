"""The pages of talk: without JavaScript, for scripts, and with ten thousand comments."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from throughline.elements.editing.queries import text_at
from throughline.elements.models import Element, Remark, Thread, ThreadState
from throughline.elements.setup.actions import invite_participant
from throughline.elements.talk.actions.suggesting import suggest
from throughline.elements.talk.actions.talking import begin_thread
from throughline.elements.talk.moving import move_up
from throughline.elements.talk.passages import passage_of_words
from throughline.elements.talk.tests.conftest import write
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db
Count = Callable[[int], AbstractContextManager[object]]


def at(element: Element, more: str = "") -> str:
    return f"/s/{element.organisation.slug}/elements/{element.kind}/talk/{more}"


def test_a_paragraph_is_chosen_and_words_quoted(educator: Membership, element: Element) -> None:
    client = client_of(educator)
    chooser = client.get(at(element, "new/")).content.decode()
    assert f"?at=1&amp;version={element.head}" in chooser
    form = client.get(at(element, f"new/?at=1&version={element.head}"))
    assert "Every learner 🎈 is known well." in form.content.decode()
    told = {"at": 1, "version": element.head, "words": "known", "text": "By <b>whom</b>?"}
    answer = client.post(at(element, "new/"), told, follow=True)
    page = answer.content.decode()
    assert "<mark>known</mark>" in page
    assert "By &lt;b&gt;whom&lt;/b&gt;?" in page
    wrong = client.post(at(element, "new/"), told | {"words": "elsewhere"})
    assert (wrong.status_code, "Copy them from it" in wrong.content.decode()) == (422, True)
    assert client.post(at(element, "new/"), {"text": ""}).status_code == 422


def test_a_suggestion_is_made_and_decided_without_scripts(
    lead: Membership, educator: Membership, element: Element
) -> None:
    told = {"at": 1, "version": element.head, "words": "known well", "instead": "seen", "text": "Shorter."}
    client_of(educator).post(at(element, "suggest/"), told)
    thread = Thread.objects.get()
    page = client_of(educator).get(at(element, f"{thread.pk}/")).content.decode()
    assert '<del class="removed">known well</del>' in page
    assert '<ins class="added">seen</ins>' in page
    assert "Accept these words" not in page
    write(element, lead, "Every learner 🎈 is known so well.", "We begin in spring.")
    decide = client_of(lead).get(at(element, f"{thread.pk}/")).content.decode()
    assert "The passage was changed meanwhile" in decide
    client_of(lead).post(at(element, f"{thread.pk}/accept/"), {})
    assert Thread.objects.get().state == ThreadState.OPEN
    client_of(lead).post(at(element, f"{thread.pk}/accept/"), {"over": "known so well"})
    assert Thread.objects.get().state == ThreadState.ACCEPTED
    assert "is seen." in json.dumps(text_at(element).document)


def test_a_selection_of_the_editor_comes_as_it_is(educator: Membership, element: Element) -> None:
    start, end = passage_of_words(element, 1, element.head, "known well")
    client, place = client_of(educator), f"?at={start}&to={end}&version={element.head}"
    for name in ("new/", "suggest/"):
        page = client.get(at(element, name + place)).content.decode()
        assert '<blockquote class="passage" dir="auto">known well</blockquote>' in page
        assert 'type="hidden" name="words"' in page
    told = {"at": start, "to": end, "version": element.head, "text": "Why?"}
    client.post(at(element, "new/"), told)
    assert Thread.objects.get().words == "known well"


def test_a_script_reads_and_writes_the_same(lead: Membership, educator: Membership, element: Element) -> None:
    start, end = passage_of_words(element, 1, element.head, "🎈 is")
    client = client_of(educator, headers={"accept": "application/json"})
    place = {"at": start, "to": end, "version": element.head}
    said = client.post(at(element, "new/"), place | {"text": "Why?"})
    assert said.status_code == 201
    bold = json.dumps([{"type": "text", "text": "are", "marks": [{"type": "strong"}]}])
    assert client.post(at(element, "suggest/"), place | {"proposed": bold}).status_code == 201
    write(element, lead, "Ah. Every learner 🎈 is known well.", "We begin in spring.")
    told = client.get(at(element, "threads.json")).json()
    assert told["version"] == element.head
    assert {(each["from"], each["to"], each["now"]) for each in told["threads"]} == {
        (start + 4, end + 4, "🎈 is")
    }
    assert told["threads"][1]["proposed"][0]["marks"] == [{"type": "strong"}]
    thread = said.json()["id"]
    assert client.post(at(element, f"{thread}/"), {"text": "And how?"}).status_code == 201
    assert client.post(at(element, f"{thread}/"), {"text": ""}).json()["errors"]["text"]
    assert client.post(at(element, f"{thread}/settle/"), {"to": "resolve"}).status_code == 200
    assert client.post(at(element, f"{thread}/settle/"), {"to": "resolve"}).status_code == 422


def test_who_reads_only_finds_no_forms(school: Organisation, lead: Membership, element: Element) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    begin_thread(element=element, text="Fine.", by=lead)
    assert client_of(learner).get(at(element)).status_code == 404
    invite_participant(element=element, member=learner, may="read", by=lead)
    page = client_of(learner).get(at(element))
    assert (page.status_code, "Suggest other words" in page.content.decode()) == (200, False)
    assert client_of(learner).get(at(element, "new/")).status_code == 403
    assert client_of(learner).get(at(element, f"{Thread.objects.get().pk}/")).status_code == 200
    assert Client().get(at(element)).status_code == 302


def test_one_changes_and_removes_ones_words_on_a_page(
    lead: Membership, educator: Membership, element: Element
) -> None:
    remark = begin_thread(element=element, text="Fine.", by=educator).remarks.get()
    where = at(element, f"remarks/{remark.pk}/")
    assert client_of(lead).get(where).status_code == 403
    client_of(educator).post(where, {"text": "Better."})
    client_of(educator).post(where, {"remove": "1"})
    assert Remark.objects.get().removed_at


def test_ten_thousand_comments_cost_as_many_queries_as_ten(
    lead: Membership, educator: Membership, element: Element, django_assert_max_num_queries: Count
) -> None:
    old = element.head
    write(element, lead, "Here every learner 🎈 is known very well.", "We begin in spring.")
    made = [
        Thread(
            organisation_id=element.organisation_id,
            element=element,
            begun_by=educator,
            start=1 + number % 20,
            end=2 + number % 20,
            version=old,
            words="x",
        )
        for number in range(10_000)
    ]
    Thread.objects.bulk_create(made)
    Remark.objects.bulk_create(
        Remark(organisation_id=element.organisation_id, thread=each, by=educator, text="Why?")
        for each in made
    )
    client = client_of(lead)
    for address in ("", "?page=300", "?show=mine", "threads.json"):
        with django_assert_max_num_queries(12):
            assert client.get(at(element, address)).status_code == 200
    with django_assert_max_num_queries(40):
        move_up(element, behind=1)
    assert not Thread.objects.exclude(version=element.head).exists()
    suggest(element=element, passage=(1, 5, element.head), words="There", by=educator)
