"""The pages and the answers through which a text is written."""

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from throughline.elements.editing.actions import Batch, accept
from throughline.elements.editing.live import Hub, Listener
from throughline.elements.editing.queries import text_at
from throughline.elements.editing.tests.test_together import insert
from throughline.elements.models import Element, Presence
from throughline.elements.setup.actions import end_participation, invite_participant
from throughline.kit.streams import Run
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db
Queries = Callable[..., AbstractContextManager[Any]]
CLIENT = "abcdefgh1234"


def send(browser: Client, there: str, version: int, *steps: Any) -> Any:
    told = {"version": version, "client": CLIENT, "batches": [{"batch": str(uuid4()), "steps": list(steps)}]}
    return browser.post(f"{there}live/steps/", json.dumps(told), content_type="application/json")


def test_the_page_shows_the_text_before_any_script_runs(
    browser: Client, there: str, django_assert_max_num_queries: Queries
) -> None:
    browser.get(there)
    with django_assert_max_num_queries(8):
        page = browser.get(there).content.decode()
    assert "A first paragraph with 🎓 in it." in page
    assert 'role="toolbar"' in page


def test_steps_are_taken_and_told(
    browser: Client, there: str, django_assert_max_num_queries: Queries
) -> None:
    now = browser.get(f"{there}live/").json()
    with django_assert_max_num_queries(14):  # nothing is open yet, and two frame the verb
        answer = send(browser, there, now["version"], insert(1, "So: "))
    assert answer.json() == {"version": now["version"] + 1, "refused": []}
    missed = browser.get(f"{there}live/events/?once&client={CLIENT}&from={now['version']}").json()["changes"]
    assert [each["steps"] for each in missed] == [[insert(1, "So: ")]]
    heard = b"".join(browser.get(f"{there}live/events/?client={CLIENT}&from={now['version']}")).decode()
    assert heard.startswith("retry:")
    assert f"id: {now['version'] + 1}\nevent: steps\n" in heard


@pytest.mark.parametrize(
    "told",
    ["", "[]", "{}", '{"version": "1"}', '{"version": 1, "client": "../../../x", "batches": []}',
     '{"version": 1, "client": "abcdefgh1234", "batches": [{"batch": "x", "steps": []}]}',
     '{"version": 1, "client": "abcdefgh1234", "batches": {"a": 1}}', "\x00"],
)  # fmt: skip
def test_what_is_no_change_is_answered_in_words(browser: Client, there: str, told: str) -> None:
    answer = browser.post(f"{there}live/steps/", told, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["why"]


def test_a_post_from_elsewhere_is_refused(lead: Membership, there: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_of(lead.person).cookies
    assert send(strict, there, 1, insert(1, "x")).status_code == 403
    token = strict.get(f"{there}live/").json()["csrf"]
    strict.defaults["HTTP_X_CSRFTOKEN"] = token
    assert send(strict, there, text_at(Element.objects.get()).version, insert(1, "x")).status_code == 200


def test_who_may_only_comment_reads_along(school: Organisation, there: str) -> None:
    educator = client_of(make_member(school, "Ravi Nair", Role.EDUCATOR).person)
    assert educator.get(f"{there}live/").json()["may_write"] is False
    page = educator.get(there).content.decode()
    assert 'role="toolbar"' not in page
    assert 'data-saved=""' in page and "You can go on writing" not in page
    assert send(educator, there, 1, insert(1, "x")).status_code == 403
    assert educator.get(f"{there}plain/").status_code == 403


def test_who_was_uninvited_finds_nothing(
    school: Organisation, element: Element, lead: Membership, there: str
) -> None:
    family = make_member(school, "Efua Mensah", Role.FAMILY)
    invited = invite_participant(element=element, member=family, may="write", by=lead)
    theirs = client_of(family.person)
    assert send(theirs, there, text_at(element).version, insert(1, "x")).status_code == 200
    end_participation(participant=invited, by=lead)
    assert send(theirs, there, text_at(element).version, insert(1, "y")).status_code == 404
    assert theirs.get(f"{there}live/events/?client={CLIENT}").status_code == 404


def test_a_picture_is_kept_with_the_element(browser: Client, there: str, school: Organisation) -> None:
    held = BytesIO()
    Image.new("RGB", (20, 20), "red").save(held, "PNG")
    told = browser.post(
        f"{there}live/picture/", {"file": SimpleUploadedFile("a.png", held.getvalue())}
    ).json()
    node = {"type": "image", "attrs": {"file": told["file"], "alt": "A red field", "caption": ""}}
    step = {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [node]}}
    assert send(browser, there, browser.get(f"{there}live/").json()["version"], step).json()["refused"] == []
    reader = client_of(make_member(school, "Ravi Nair", Role.EDUCATOR).person)
    assert reader.get(f"/s/{school.slug}/files/{told['file']}/?inline").status_code == 200
    stranger = client_of(make_member(school, "Zoe Zamora", Role.LEARNER).person)
    assert stranger.get(f"/s/{school.slug}/files/{told['file']}/?inline").status_code == 404
    words = SimpleUploadedFile("a.txt", b"only words")
    assert browser.post(f"{there}live/picture/", {"file": words}).status_code == 422


class Now(Run):
    """Work of a stream, in a test: at once."""

    def __call__(self, work: Callable[[], Any]) -> Any:
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return work()
        finally:
            asyncio._set_running_loop(loop)


def listener(element: Element, member: Membership, client: str, may: Callable[[], bool]) -> Listener:
    return Listener(element.organisation_id, element.pk, member.pk, client, element.head, may)


def test_listeners_hear_what_is_written_and_who_is_there(element: Element, lead: Membership) -> None:
    hub, run = Hub(), Now()

    async def scene() -> list[bytes]:
        heard: list[bytes] = []
        streams = [hub.follow(listener(element, lead, name * 12, lambda: True), run) for name in "ab"]
        for stream in streams:
            await anext(stream)
        run(
            lambda: Presence.objects.create(
                organisation=lead.organisation, element=element, membership=lead, client="a" * 12
            )
        )
        run(lambda: accept(element=element, version=0, batches=[Batch(uuid4(), [insert(1, "🎓")])], by=lead))
        for stream in streams:
            said = b""
            while not (b"event: steps" in said and lead.name.encode() in said):
                said += await asyncio.wait_for(anext(stream), 5)
            heard.append(said)
            await stream.aclose()  # type: ignore[attr-defined]
        return heard

    heard = asyncio.run(scene())
    assert len(heard) == 2
    assert hub.rooms == {}


def test_a_listener_who_may_no_longer_hear_is_sent_away(
    element: Element, lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("throughline.elements.editing.live.STILL", 0.2)
    hub = Hub()

    async def scene() -> list[bytes]:
        return [each async for each in hub.follow(listener(element, lead, "c" * 12, lambda: False), Now())]

    assert asyncio.run(asyncio.wait_for(scene(), 10))[-1].startswith(b"event: ended")
    assert hub.rooms == {}


def test_a_slow_listener_is_cut_off(element: Element, lead: Membership) -> None:
    slow = listener(element, lead, "d" * 12, lambda: True)
    for _ in range(400):
        slow.tell(b"x")
    assert slow.queue.get_nowait() in (None, b"x")
    assert slow.queue.qsize() < 400
