"""Questions read aloud: brought, heard by whom it is for and by nobody else, replaced, taken out, deleted."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from throughline.files.actions import sweep_files
from throughline.files.kinds import FileRefused
from throughline.files.models import StoredFile
from throughline.files.sniffing import find_kind
from throughline.files.sounds import as_sound
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.answering.queries import forget_questionnaires
from throughline.voices.asking.actions import (
    change_group,
    change_listening,
    change_question,
    compose,
    keep_recording,
    open_listening,
)
from throughline.voices.closing.actions import close_listening, forget_listening
from throughline.voices.models import Asked, Listening, Question, Recording
from throughline.voices.tests.spoken import MP3, a_recording, mpeg4, tone

pytestmark = pytest.mark.django_db
ABOUT = ["stakeholder-buy-in"]


def at(name: str, listening: Listening, **more: object) -> str:
    return str(reverse(f"voices:{name}", args=["harbour-bridge", listening.pk, *more.values()]))


@pytest.fixture
def composed(listening: Listening, lead: Membership) -> Listening:
    compose(listening=listening, competencies=ABOUT, languages=["en", "es"], by=lead)
    change_listening(
        listening=listening,
        closes_on=clock.today() + timedelta(days=7),
        contact={"en": "Office", "es": "Oficina"},
        by=lead,
    )
    listening.refresh_from_db()
    return listening


def first(listening: Listening, group: str = "learner") -> Question:
    rows = Question.objects.select_related("asked__listening").filter(asked__listening=listening)
    return rows.filter(asked__group=group).earliest("position")


def bring(client: Client, there: str, content: bytes, **told: str) -> Any:
    said = {"language": "en", "simple": "False", "file": a_recording(content, "one.mp3"), **told}
    return client.post(there, said)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (MP3, "audio/mpeg"),
        (b"\xff\xf1\x50\x80" + bytes(90), "audio/aac"),
        (tone(), "audio/wav"),
        (mpeg4(b"soun"), "audio/mp4"),
        (b"OggS\0\x02" + bytes(30) + b"OpusHead", "audio/ogg"),
        (
            b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmA_OPUS",
            "audio/webm",
        ),
    ],
)
def test_what_browsers_play_is_taken_as_sound(content: bytes, kind: str) -> None:
    assert as_sound(find_kind(content, "a"), content).media_type == kind


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        b"only words",
        mpeg4(b"vide"),
        mpeg4(b"soun", b"vide"),
        mpeg4(),
        b"OggS\0\x02\x80theora" + bytes(90),
    ],
)
def test_what_is_no_sound_or_shows_pictures_is_not(content: bytes) -> None:
    with pytest.raises(FileRefused, match="no recording of sound"):
        as_sound(find_kind(content, "a"), content)


def test_a_recording_is_brought_heard_replaced_and_taken_out(composed: Listening, lead: Membership) -> None:
    client, row = client_of(lead), first(composed)
    there = at("aloud", composed, wording=row.pk)
    page = client.get(there)
    assert "Up to 5 MB." in page.content.decode() and "MP3, M4A, AAC" in page.content.decode()
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "microphone=()" in client.get(at("listening", composed)).headers["Permissions-Policy"]
    assert bring(client, there, tone()).headers["Location"] == f"{there}#en-text"
    held = Recording.objects.get()
    assert (held.language, held.simple, held.file.media_type) == ("en", False, "audio/wav")
    heard = client.get(at("hear", composed, recording=held.pk))
    assert (heard.content, heard.headers["Content-Type"]) == (tone(), "audio/wav")
    assert "sandbox" in heard.headers["Content-Security-Policy"]
    listed = client.get(at("questions-of", composed, asked=row.asked_id)).content.decode()
    assert "read aloud in 1 of 2 languages" in listed
    bring(client, there, MP3)
    assert Recording.objects.get().file.media_type == "audio/mpeg"
    client.post(there, {"remove": str(Recording.objects.get().pk)})
    assert not Recording.objects.exists()


def test_what_cannot_be_taken_is_said_and_nothing_is_lost(composed: Listening, lead: Membership) -> None:
    client, row = client_of(lead), first(composed)
    there = at("aloud", composed, wording=row.pk)
    bring(client, there, MP3)
    for content, why in (
        (b"only words", "no recording of sound"),
        (b"", "empty"),
        (tone(400), "larger than 5 MB"),
    ):
        page = bring(client, there, content)
        assert page.status_code == 422 and why in page.content.decode()
    assert client.post(there, {"language": "en", "simple": "False"}).status_code == 422
    assert (
        client.post(there, {"language": "xx", "simple": "False"}).status_code == 200
    )  # of no words: nothing is asked
    assert Recording.objects.get().file.media_type == "audio/mpeg"
    with pytest.raises(ValidationError):
        keep_recording(question=row, language="fr", upload=a_recording(), by=lead)


def test_parts_of_it_can_be_asked_for(composed: Listening, lead: Membership) -> None:
    held = keep_recording(question=first(composed), language="en", upload=a_recording(), by=lead)
    client, there, size = client_of(lead), at("hear", composed, recording=held.pk), len(MP3)
    for wanted, status, content in (
        ("bytes=0-9", 206, MP3[:10]),
        ("bytes=200-", 206, MP3[200:]),
        ("bytes=-5", 206, MP3[-5:]),
        (f"bytes={size}-", 416, b""),
        ("bytes=9-3", 200, MP3),
        ("pages=1-2", 200, MP3),
    ):
        part = client.get(there, headers={"Range": wanted})
        assert (part.status_code, part.content) == (status, content), wanted
        assert part.headers["Accept-Ranges"] == "bytes"


def test_respondents_hear_it_while_the_listening_is_open_and_by_its_address_alone(
    composed: Listening, lead: Membership, phone: Client
) -> None:
    row = first(composed)
    simple = {"language": "es", "simple": True, "upload": a_recording(tone()), "by": lead}
    change_group(asked=row.asked, young=True, by=lead)
    held = keep_recording(question=row, language="en", upload=a_recording(), by=lead)
    used = keep_recording(question=row, **simple)  # type: ignore[arg-type]
    places = {each.group: each.place for each in Asked.objects.filter(listening=composed)}
    there = f"/v/{places['learner']}/read-aloud/{used.pk}/"

    def status(path: str = there) -> int:
        forget_questionnaires()
        return int(phone.get(path).status_code)

    assert status() == 404
    preview = client_of(lead).get(at("preview-part", composed, asked=row.asked_id, nth=1) + "?in=es")
    assert at("hear", composed, recording=used.pk) in preview.content.decode()
    open_listening(listening=composed, by=lead)
    assert status() == 200
    page = phone.get(f"/v/{places['learner']}/questions/?in=es").content.decode()
    assert there in page and 'preload="none"' in page and row.words["es"]["simple"] in page
    assert str(held.pk) not in phone.get(f"/v/{places['learner']}/questions/?in=en").content.decode()
    assert status(f"/v/{places['family']}/read-aloud/{used.pk}/") == 404
    assert status(f"/v/{places['learner']}/read-aloud/{used.file_id}/") == 404
    assert status(at("hear", composed, recording=used.pk)) in (302, 404)
    close_listening(listening=composed, by=lead)
    assert status() == 404
    assert "<audio" not in phone.get(f"/v/{places['learner']}/questions/?in=es").content.decode()


@pytest.fixture
def phone() -> Client:
    return Client(headers={"Accept-Language": "en"})


def test_strangers_and_others_of_the_school_do_not_get_the_file(
    composed: Listening, lead: Membership, educator: Membership, learner: Membership
) -> None:
    held = keep_recording(question=first(composed), language="en", upload=a_recording(), by=lead)
    file = f"/s/harbour-bridge/files/{held.file_id}/"
    assert client_of(educator).get(file).status_code == 200  # staff see every listening
    for path in (file, at("hear", composed, recording=held.pk)):
        assert client_of(learner).get(path).status_code == 404
        assert Client().get(path).status_code in (302, 404)


def test_other_words_are_not_read_out_as_what_is_asked(composed: Listening, lead: Membership) -> None:
    row = first(composed)
    for language in ("en", "es"):
        keep_recording(question=row, language=language, upload=a_recording(), by=lead)
    words = {**row.words, "en": {"text": "Something else?"}}
    change_question(question=row, words=words, by=lead)
    assert [each.language for each in Recording.objects.all()] == ["es"]
    compose(listening=composed, competencies=ABOUT, languages=["en"], by=lead)
    assert not Recording.objects.exists()


def test_it_is_kept_while_it_is_used_and_goes_with_the_answers(
    composed: Listening, lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = keep_recording(question=first(composed), language="en", upload=a_recording(), by=lead)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=3))
    sweep_files()
    assert StoredFile.objects.filter(pk=held.file_id).exists()
    open_listening(listening=composed, by=lead)
    close_listening(listening=composed, by=lead)
    Listening.objects.update(keep_until=clock.today() - timedelta(days=1))
    forget_listening(composed.pk)
    assert not Recording.objects.exists()
    sweep_files()
    assert not StoredFile.objects.filter(pk=held.file_id).exists()
