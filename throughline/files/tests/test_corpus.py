"""The corpus: nothing hostile is kept raw, nothing is ever served as something that acts (trust: S5)."""

import io
import re
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from throughline.files.actions import keep_file, treated
from throughline.files.kinds import PDF, PICTURE, TEXT, FileRefused
from throughline.files.models import StoredFile
from throughline.files.naming import clean_name
from throughline.files.tests import corpus
from throughline.schools.models import Membership
from throughline.testing import client_of

ROOT = Path(__file__).resolve().parents[3]


def on_disk() -> list[Path]:
    return [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


def upload(sample: corpus.Sample) -> SimpleUploadedFile:
    name, content = sample
    file = SimpleUploadedFile("x", content, content_type="text/html")
    file._name = name  # type: ignore[attr-defined]  # Django would clean it; a client of keep_file might not
    return file


@pytest.mark.django_db
@pytest.mark.parametrize("what", corpus.REFUSED)
def test_it_is_refused_with_a_sentence_and_nothing_is_left(what: str, lead: Membership) -> None:
    make, says = corpus.REFUSED[what]
    with pytest.raises(FileRefused, match=says):
        keep_file(upload(make()), by=lead)
    assert not StoredFile.objects.exists()
    assert on_disk() == []


@pytest.mark.django_db
@pytest.mark.parametrize("what", corpus.KEPT)
def test_it_is_kept_and_served_as_nothing_that_acts(what: str, lead: Membership) -> None:
    sample, media_type = corpus.KEPT[what]
    row = keep_file(upload(sample), by=lead)
    assert row.media_type == media_type
    kept = Path(default_storage.path(row.path)).read_bytes()
    if media_type == PICTURE.media_type or media_type.startswith("text/"):
        assert corpus.SCRIPT not in kept
        assert b"MZ" not in kept
    if media_type.startswith("text/"):
        kept.decode()
    for query in ("", "?inline", "?inline=1&x"):
        response = client_of(lead).get(f"/s/harbour-bridge/files/{row.pk}/{query}")
        how = response["Content-Disposition"]
        if media_type == PICTURE.media_type and query:
            assert how.startswith("inline")
        else:
            assert how.startswith("attachment")
        assert response["Content-Type"].split(";")[0] == media_type
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert "\r" not in how
        assert "\n" not in how


def test_the_corpus_is_large_enough() -> None:
    assert len(corpus.KEPT) + len(corpus.REFUSED) >= 60


def test_a_photo_loses_its_place_and_stands_upright() -> None:
    _kind, kept = treated(corpus.with_gps(), "holiday.jpg")
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "WEBP"
        assert picture.size == (32, 48)
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)
    for told in (b"SpyCam", b"Hidden Lane", b"Exif"):
        assert told not in kept


def test_a_large_photo_becomes_at_most_2048_pixels_wide() -> None:
    _kind, kept = treated(corpus.image("JPEG", size=(5000, 3000)), "x.jpg")
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size[0] == 2048
        assert abs(picture.size[1] - 1229) <= 1


def test_a_film_loses_its_place_and_nothing_else() -> None:
    before = corpus.film()
    _kind, kept = treated(before, "clip.mp4")
    assert len(kept) == len(before)
    assert corpus.GPS_TEXT not in kept
    assert b"+00.0000-000.0000/" in kept
    assert kept.endswith(b"x" * 64)


@pytest.mark.parametrize(
    ("given_name", "kind", "kept"),
    [
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("C:\\Users\\me\\Report.PDF", PDF, "Report.pdf"),
        ("annexe\u202efdp.exe", PDF, "annexefdp.exe.pdf"),
        ("a\x00b\r\nc.txt", TEXT, "ab c.txt"),
        ('"quoted" <b>.txt', TEXT, "quoted b.txt"),
        ("photo.JPEG", PICTURE, "photo.webp"),
        ("نقاش\u200cها.txt", TEXT, "نقاش\u200cها.txt"),
        (".txt", TEXT, "file.txt"),
        ("....", TEXT, "file.txt"),
        ("", TEXT, "file.txt"),
        (None, TEXT, "file.txt"),
        ("\u202e", TEXT, "file.txt"),
        ("Cafe\u0301.pdf", PDF, "Caf\u00e9.pdf"),
        ("hello.py", TEXT, "hello.py.txt"),
    ],
)
def test_names_are_kept_as_people_called_them_without_what_deceives(
    given_name: str | None, kind: Any, kept: str
) -> None:
    assert clean_name(given_name, kind) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_a_plain_one(given_name: str) -> None:
    kept = clean_name(given_name, PDF)
    assert kept.endswith(".pdf")
    assert 4 < len(kept) <= 150
    assert not set('/\\<>:"|?*\r\n\0\u202e') & set(kept)
    assert not kept.startswith(".")
    kept.encode()


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x14ftyp", b"\xff\xd8\xff"]
    ),
)
@settings(max_examples=300)
def test_whatever_bytes_arrive_they_are_treated_or_refused(content: bytes, start: bytes) -> None:
    try:
        kind, kept = treated(start + content, "x")
    except FileRefused:
        return
    assert kind.media_type
    assert kept is not None


class _Daemon(threading.Thread):
    """A virus scanner that gives one answer."""

    def __init__(self, place: Path, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer = answer
        self.heard = b""
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.bind(str(place))
        self.socket.listen(1)
        self.start()

    def run(self) -> None:
        line, _address = self.socket.accept()
        with line:
            while not self.heard.endswith(b"\0\0\0\0"):
                self.heard += line.recv(65536)
            line.sendall(self.answer)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"stream: OK\0", ""),
        (b"stream: Bad.Thing FOUND\0", "known to be harmful"),
        (b"INSTREAM size limit exceeded. ERROR\0", "right now"),
    ],
)
def test_a_scanner_is_asked_when_there_is_one(
    tmp_path: Path, settings: Any, answer: bytes, says: str
) -> None:
    from throughline.files.scanning import scan

    place = tmp_path / "clamd"
    daemon = _Daemon(place, answer)
    settings.CLAMAV_SOCKET = str(place)
    if says:
        with pytest.raises(FileRefused, match=says):
            scan(b"words")
    else:
        scan(b"words")
    daemon.join(5)
    assert daemon.heard == b"zINSTREAM\0" + b"\0\0\0\x05words" + b"\0\0\0\0"


def test_when_the_scanner_is_silent_nothing_is_kept(tmp_path: Path, settings: Any) -> None:
    from throughline.files.scanning import scan

    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    with pytest.raises(FileRefused, match="right now"):
        scan(b"words")


def test_pages_and_help_say_nothing_of_a_scanner_that_is_not_there() -> None:
    """Only the setting that names one does."""
    words = re.compile(r"virus|malware", re.IGNORECASE)
    said = [
        *(ROOT / "docs" / "using").glob("*.md"),
        ROOT / "README.md",
        *(ROOT / "throughline").rglob("*.html"),
    ]
    assert len(said) > 50
    assert [str(path) for path in said if words.search(path.read_text(encoding="utf-8"))] == []
    texts = (ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    assert not words.search(texts)
