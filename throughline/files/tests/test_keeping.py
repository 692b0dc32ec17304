"""Keeping, serving and sweeping files."""

import hashlib
import stat
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import Q
from django.test import RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image

from throughline.activity.models import Event
from throughline.files import actions, uses
from throughline.files.actions import keep_file, sweep_files, sweep_strays
from throughline.files.forms import UploadField
from throughline.files.kinds import FileRefused
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def upload(content: bytes = b"Minutes of the meeting", name: str = "minutes.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-whatever")


def picture(**options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, options.pop("format", "JPEG"), **options)
    return out.getvalue()


def on_disk() -> set[Path]:
    root = Path(default_storage.path(""))
    return {path for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def use() -> Iterator[dict[str, Q]]:
    """A room above that shows and cites nothing, until a test says otherwise."""
    said = {"visible": Q(pk__in=[]), "cited": Q(pk__in=[])}
    kept = dict(uses._uses)
    uses._uses.clear()
    uses.register("test", visible=lambda seat: said["visible"], cited=lambda: said["cited"])
    yield said
    uses._uses.clear()
    uses._uses.update(kept)


def test_a_file_is_kept_privately_under_a_random_path(lead: Membership) -> None:
    row = keep_file(upload(), by=lead)
    assert (row.name, row.media_type, row.brought_by) == ("minutes.txt", "text/plain", lead)
    assert row.sha256 == hashlib.sha256(b"Minutes of the meeting").hexdigest()
    assert row.path.startswith(lead.organisation_id.hex + "/")
    assert "minutes" not in row.path
    place = Path(default_storage.path(row.path))
    assert place.read_bytes() == b"Minutes of the meeting"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert Event.objects.filter(verb="file.kept", subject_id=row.pk).exists()


def test_the_same_file_twice_gets_two_paths(lead: Membership) -> None:
    assert keep_file(upload(), by=lead).path != keep_file(upload(), by=lead).path


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_takes_the_file_with_it(lead: Membership) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        keep_file(upload(), by=lead)
        assert len(on_disk()) == 1
        raise RuntimeError
    assert on_disk() == set()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_inner_transaction_that_fails_takes_only_its_own_file(lead: Membership) -> None:
    with transaction.atomic():
        first = keep_file(upload(), by=lead)
        with pytest.raises(RuntimeError), transaction.atomic():
            keep_file(upload(b"other"), by=lead)
            raise RuntimeError
    assert on_disk() == {Path(default_storage.path(first.path))}


@pytest.mark.django_db(transaction=True)
def test_a_committed_file_stays(lead: Membership) -> None:
    row = keep_file(upload(), by=lead)
    assert on_disk() == {Path(default_storage.path(row.path))}


def test_whoever_has_left_brings_nothing(lead: Membership) -> None:
    lead.left_at = clock.now()
    with pytest.raises(Refused):
        keep_file(upload(), by=lead)


def test_too_large_is_said_with_the_limit(lead: Membership, settings: Any) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(FileRefused, match="larger than 1 MB"):
        keep_file(upload(b"a" * (1024 * 1024 + 1)), by=lead)


def test_the_form_states_the_limits_and_refuses_what_is_too_large(settings: Any) -> None:
    class Form(forms.Form):
        file = UploadField()

    settings.UPLOAD_LIMIT_MB = 1
    html = str(Form()["file"].as_widget())
    assert ".pdf" in html
    assert "Up to 1 MB" in html

    def bound(content: bytes) -> Form:
        return Form({}, MultiValueDict({"file": [upload(content)]}))

    assert "larger than 1 MB" in str(bound(b"a" * (1024 * 1024 + 1)).errors)
    assert "empty" in str(bound(b"").errors)
    assert bound(b"a").is_valid()


def test_its_owner_gets_it_as_a_download_that_cannot_act(lead: Membership) -> None:
    row = keep_file(upload("Übung <b>".encode(), "Übung.md"), by=lead)
    response = client_of(lead).get(f"/s/harbour-bridge/files/{row.pk}/?inline")
    assert response.status_code == 200
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cbung.md"
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_only_a_picture_that_we_painted_is_shown_inside_a_page(lead: Membership) -> None:
    row = keep_file(upload(picture(), "Pond.JPG"), by=lead)
    assert row.name == "Pond.webp"
    inside = client_of(lead).get(f"/s/harbour-bridge/files/{row.pk}/?inline")
    assert inside["Content-Disposition"].startswith("inline")
    assert inside["Content-Type"] == "image/webp"
    assert (
        client_of(lead)
        .get(f"/s/harbour-bridge/files/{row.pk}/")["Content-Disposition"]
        .startswith("attachment")
    )


def test_others_see_it_only_when_a_room_above_shows_it(
    lead: Membership, team: Membership, outsider: Membership, use: dict[str, Q]
) -> None:
    row = keep_file(upload(), by=lead)
    address = f"/s/harbour-bridge/files/{row.pk}/"
    assert client_of(team).get(address).status_code == 404
    use["visible"] = Q(pk=row.pk)
    assert client_of(team).get(address).status_code == 200
    assert client_of(outsider).get(address).status_code == 404
    assert client_of(outsider).get(f"/s/stonefield/files/{row.pk}/").status_code == 404
    assert client_of(lead).post(address).status_code == 405


def test_a_file_missing_on_disk_is_not_found(lead: Membership) -> None:
    row = keep_file(upload(), by=lead)
    default_storage.delete(row.path)
    assert client_of(lead).get(f"/s/harbour-bridge/files/{row.pk}/").status_code == 404


def test_files_that_nothing_cites_are_swept_after_a_day(
    lead: Membership, use: dict[str, Q], django_capture_on_commit_callbacks: Any
) -> None:
    old = clock.now() - timedelta(days=2)
    with clock.standing_at(old):
        forgotten, cited = keep_file(upload(), by=lead), keep_file(upload(), by=lead)
    fresh = keep_file(upload(), by=lead)
    use["cited"] = Q(pk=cited.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_files() == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {cited.pk, fresh.pk}
    assert not default_storage.exists(forgotten.path)
    assert default_storage.exists(cited.path)
    assert sweep_files() == 0


def test_nothing_is_swept_when_no_room_says_what_it_cites(lead: Membership, use: dict[str, Q]) -> None:
    uses._uses.clear()
    with clock.standing_at(clock.now() - timedelta(days=2)):
        keep_file(upload(), by=lead)
    assert sweep_files() == 0


def test_strays_on_disk_are_swept_after_a_day(lead: Membership) -> None:
    row = keep_file(upload(), by=lead)
    stray = default_storage.save("0f/ab/0fab", ContentFile(b"left behind"))
    assert sweep_strays() == 0
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert sweep_strays() == 1
    assert default_storage.exists(row.path)
    assert not default_storage.exists(stray)


def test_a_seat_is_what_a_use_gets(lead: Membership, team: Membership, use: dict[str, Q]) -> None:
    seen: list[Seat] = []

    def visible(seat: Seat) -> Q:
        seen.append(seat)
        return Q(pk__in=[])

    uses.register("test", visible=visible, cited=lambda: Q(pk__in=[]))
    row = keep_file(upload(), by=lead)
    client_of(team).get(f"/s/harbour-bridge/files/{row.pk}/")
    assert [seat.membership for seat in seen] == [team]


def test_a_form_s_files_are_treated_before_the_transaction_and_once(
    lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Re-encoding a photo takes its time; on SQLite everyone else would wait for the lock meanwhile."""
    inside: list[bool] = []
    real = actions.treated

    def watched(content: bytes, name: str) -> tuple[Any, bytes]:
        inside.append(connection.in_atomic_block and len(connection.savepoint_ids) > 0)
        return real(content, name)

    monkeypatch.setattr(actions, "treated", watched)
    form = {"_once": str(uuid4()), "file": upload(picture(), "wall.jpg")}
    client_of(lead).post(reverse("people:me"), form)
    assert inside == [False]


def test_what_was_treated_early_is_kept_or_refused_as_ever(lead: Membership) -> None:
    brought = {"a": upload(picture(), "wall.jpg"), "b": upload(b"<html><script>1</script>", "page.html")}
    request = RequestFactory().post("/", brought)
    actions.treat_uploads(request)
    early: Any = request.FILES
    assert keep_file(early["a"], by=lead).media_type == "image/webp"
    with pytest.raises(FileRefused):
        keep_file(early["b"], by=lead)
