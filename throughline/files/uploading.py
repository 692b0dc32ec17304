"""While a request arrives: more than the limit of a file is never written anywhere.

Django puts no end to an uploaded file; this handler stands first (`FILE_UPLOAD_HANDLERS`), counts, and drops what is
too much. The form still gets to know the file's full size, so that it can say so.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

FILES_AT_ONCE = 10


class CappedUpload(FileUploadHandler):
    """Lets a file through to the next handlers until it passes the limit; ends a request that passes ten times that."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.most = settings.UPLOAD_LIMIT_MB * 1024 * 1024
        self.total = 0
        self.seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        self.total += len(raw_data)
        if self.total > self.most * FILES_AT_ONCE:
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
