"""While a request arrives: what is too large is counted, never written."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from throughline.files.uploading import CappedUpload

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _one_megabyte(settings: Any) -> None:
    settings.UPLOAD_LIMIT_MB = 1


def arriving(*files: bytes) -> HttpRequest:
    sent = {f"file{n}": SimpleUploadedFile("x.bin", content) for n, content in enumerate(files)}
    request = RequestFactory().post("/", {**sent, "title": "kept"})
    request.upload_handlers = [
        CappedUpload(request),
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
    return request


def arrived(request: HttpRequest, name: str) -> UploadedFile:
    found = request.FILES[name]
    assert isinstance(found, UploadedFile)
    return found


def test_a_file_within_the_limit_arrives_whole() -> None:
    request = arriving(b"a" * MB)
    assert arrived(request, "file0").read() == b"a" * MB


def test_of_a_file_beyond_the_limit_only_its_size_arrives() -> None:
    request = arriving(b"a" * (3 * MB), b"small")
    large = arrived(request, "file0")
    assert (large.size, large.read(), large.name) == (3 * MB, b"", "x.bin")
    assert arrived(request, "file1").read() == b"small"
    assert request.POST["title"] == "kept"


def test_a_request_that_does_not_end_is_ended() -> None:
    request = arriving(*[b"a" * (4 * MB)] * 4)
    assert len(request.FILES) < 4
