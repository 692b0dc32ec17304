"""A full disk is said in words, nothing is half kept, and what was typed comes back."""

import errno
import os
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from throughline.activity.actions import record
from throughline.activity.models import Receipt
from throughline.files.actions import keep_file
from throughline.files.models import StoredFile
from throughline.files.uploading import UploadWithRoom
from throughline.kit.disk import is_disk_full
from throughline.people.models import Person
from throughline.schools.models import Membership
from throughline.testing import client_of

WORDS = "A long thought & <nothing> of it\nmay be lost"
ME = "/me/"


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Path]:
    "A real file system of 256 kB; where none may be mounted, the test says so and are left out."
    place = tmp_path / "little"
    place.mkdir()
    made = subprocess.run(  # noqa: S603
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607


def on_full_disk(*_args: Any, **_more: Any) -> None:
    """What the system really says when there is no room."""
    with open("/dev/full", "wb", buffering=0) as full:
        full.write(b"x")


def patient(lead: Membership) -> Client:
    client = client_of(lead)
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
def test_what_was_typed_comes_back_and_can_be_sent_again(
    lead: Membership, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = patient(lead)
    sent = {"name": WORDS, "language": "es", "time_zone": "", "passcode": "tide and bridge"}
    with monkeypatch.context() as patch:
        patch.setattr("throughline.people.actions.change_profile", on_full_disk)
        answer = client.post(ME, sent)
    page = answer.content.decode()
    assert answer.status_code == 507 and "The server’s disk is full" in page
    assert "A long thought &amp; &lt;nothing&gt; of it<br>may be lost" in page
    assert 'name="language" value="es"' in page and "tide" not in page
    assert 'action="/me/"' in page and "Try to save it again" in page
    assert "The disk is full" in caplog.text and WORDS not in caplog.text
    assert client.post(ME, sent).status_code == 302


@pytest.mark.django_db
def test_a_page_that_is_only_looked_at_says_so_too(lead: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughline.people.views.panels_for", on_full_disk)
    answer = patient(lead).get(ME)
    assert answer.status_code == 507 and "Try to save" not in answer.content.decode()


@pytest.mark.django_db
def test_a_real_full_file_system_keeps_no_half_file(
    lead: Membership, little: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("throughline.files.actions.default_storage", FileSystemStorage(location=str(little)))
    with pytest.raises(OSError) as met:
        keep_file(SimpleUploadedFile("a.txt", b"word " * 100_000), by=lead)
    assert is_disk_full(met.value)
    assert not StoredFile.objects.exists()
    assert [each for each in little.rglob("*") if each.is_file()] == []


@pytest.mark.django_db
def test_an_upload_that_finds_no_room_as_it_arrives_leaves_the_words_whole(
    lead: Membership, little: Path, settings: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(little)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1024
    client = patient(lead)
    big = BytesIO(b"x" * 400_000)
    big.name = "a boat.png"
    answer = client.post(ME, {"photo": big, "name": WORDS, "language": "es", "time_zone": ""})
    page = answer.content.decode()
    assert answer.status_code == 507 and "may be lost" in page and "a boat.png" in page
    assert list(little.iterdir()) == []
    assert Person.objects.get(pk=lead.person.pk).name == "Amara Okafor"
    small = BytesIO(b"x" * 4000)
    small.name = "a boat.png"
    assert (
        client.post(ME, {"photo": small, "name": "Amara", "language": "", "time_zone": ""}).status_code == 302
    )


def test_other_faults_of_an_upload_are_not_taken_for_a_full_disk(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = "/no/such/folder"
    handler = UploadWithRoom(RequestFactory().post("/"))
    with pytest.raises(FileNotFoundError):
        handler.new_file("photo", "a.png", "image/png", 10)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the limit of pages is SQLite's")
def test_a_database_without_room_says_so_and_goes_on_afterwards(lead: Membership) -> None:
    client = patient(lead)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")  # no less than it has
    try:
        for length in (1500, 10):
            with pytest.raises(Error) as met:
                while True:
                    Receipt.objects.create(actor_id=uuid4(), key=uuid4(), location="x" * length)
            assert is_disk_full(met.value)
        with pytest.raises(Error):
            while True:
                record("test.filled", organisation_id=None, actor_id=None)
        answer = client.post(
            ME,
            {
                "name": WORDS * 4,
                "language": "",
                "time_zone": "",
                "_once": "6d136e40-d774-40f5-8b5b-950e2494ac92",
            },
        )
        assert answer.status_code == 507 and "may be lost" in answer.content.decode()
        assert client.get(ME).status_code == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert client.post(ME, {"name": "Amara", "language": "", "time_zone": ""}).status_code == 302


def test_each_who_notices_is_understood() -> None:
    assert is_disk_full(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert is_disk_full(OSError(errno.EDQUOT, "quota"))
    assert is_disk_full(psycopg.errors.DiskFull())
    assert not is_disk_full(None) and not is_disk_full(PermissionError(errno.EACCES, "no"))
    try:
        try:
            on_full_disk()
        except OSError as full:
            raise ValueError("while cleaning up") from full
    except ValueError as wrapped:
        assert is_disk_full(wrapped)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own word for it")
def test_what_postgresql_says_is_understood() -> None:
    with pytest.raises(Error) as met, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$")
    assert is_disk_full(met.value)


def test_each_page_for_what_goes_wrong_says_one_thing() -> None:
    told = {
        "disk-full": "no room left",
        "server-error": "Something went wrong",
        "bad-request": "couldn’t understand",
    }
    for kind, words in told.items():
        page = Client().get(reverse("ui:gallery") + f"?wrong={kind}").content.decode()
        assert page.count("<h1>") == 1 and words in page, kind
