"""While a request arrives: more than the limit of a file is never written anywhere.

Django puts no end to an uploaded file; this handler stands first (`FILE_UPLOAD_HANDLERS`), counts, and drops what is
too much. The form still gets to know the file's full size, so that it can say so.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    StopUpload,
    TemporaryFileUploadHandler,
)

from throughline.kit.disk import is_disk_full

FILES_AT_ONCE = 10
# Bytes of a whole request: as many files as one form takes (or one large framework), and what is typed beside them.
LARGEST_REQUEST = max(settings.UPLOAD_LIMIT_MB * FILES_AT_ONCE, 128) * 1024 * 1024
View = TypeVar("View", bound=Callable[..., Any])


def takes_one_file(megabytes: int) -> Callable[[View], View]:
    """Declare that a view takes one file with a limit of its own, instead of several with the general one."""

    def mark(view: View) -> View:
        view.one_file_of = megabytes  # type: ignore[attr-defined]
        return view

    return mark


class UploadWithRoom(TemporaryFileUploadHandler):
    """Writes a large file down while it arrives. When there is no room it is left out, and what was typed still arrives.

    `request.files_without_room` names it; `ui.middleware.RoomForFiles` answers.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._leave_out(error)
            raise SkipFile from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._leave_out(error)
            raise SkipFile from error

    def file_complete(self, file_size: int) -> UploadedFile | None:
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._leave_out(error)
            return None

    def _leave_out(self, error: OSError) -> None:
        if not is_disk_full(error):
            raise error
        with suppress(OSError):  # what it still held finds no room either
            self.file.close()
        with suppress(AttributeError, FileNotFoundError):
            os.remove(self.file.temporary_file_path())
        missing = getattr(self.request, "files_without_room", [])
        self.request.files_without_room = [*missing, self.file_name]  # type: ignore[union-attr]


class CappedUpload(FileUploadHandler):
    """Lets a file through to the next handlers until it passes the limit; ends a request that goes far beyond."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        own = getattr(getattr(getattr(request, "resolver_match", None), "func", None), "one_file_of", None)
        self.most = (own or settings.UPLOAD_LIMIT_MB) * 1024 * 1024
        self.altogether = self.most * (2 if own else FILES_AT_ONCE)
        self.total = 0
        self.seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        self.total += len(raw_data)
        if self.total > self.altogether:
            raise StopUpload(connection_reset=True)
        return raw_data if self.seen <= self.most else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.seen <= self.most:
            return None
        return UploadedFile(
            file=BytesIO(),
            name=self.file_name,
            content_type=self.content_type,
            size=self.seen,
            charset=self.charset,
        )
