"""Verbs of files: keep one, and sweep away those that nothing cites."""

import hashlib
import weakref
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpRequest

from throughline.activity.actions import record
from throughline.files.archives import office_kind
from throughline.files.documents import as_utf8, check_pdf, without_place
from throughline.files.kinds import FileRefused, Kind, Treatment
from throughline.files.models import StoredFile
from throughline.files.naming import clean_name
from throughline.files.pictures import repaint
from throughline.files.policy import limits, may_keep, sound_limits, sound_too_large, too_large
from throughline.files.queries import GRACE, forgotten_files
from throughline.files.scanning import scan
from throughline.files.sniffing import find_kind
from throughline.files.sounds import as_sound
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership


def keep_file(upload: "File[bytes]", *, by: Membership) -> StoredFile:
    """Check an upload by its content and keep it privately. Raises `FileRefused` (on `file`) with what to do instead.

    What is kept is what `treated` made of it. If the transaction around this fails, the file on disk goes too.
    """
    may_keep(by).enforce()
    kind, kept = _ready(upload)
    return _keep(kind, kept, upload.name, by)


def keep_sound(upload: "File[bytes]", *, most_mb: int, by: Membership) -> StoredFile:
    """The same for a recording that pages play: sound alone, of at most so many megabytes."""
    may_keep(by).enforce()
    if (upload.size or 0) > sound_limits(most_mb).most:
        raise FileRefused(sound_too_large(most_mb))
    kind, kept = _ready(upload)
    return _keep(as_sound(kind, kept), kept, upload.name, by)


def _keep(kind: Kind, kept: bytes, name: str | None, by: Membership) -> StoredFile:
    with transaction.atomic():
        path = _write(by.organisation_id, kept)
        row = StoredFile.objects.create(
            organisation_id=by.organisation_id,
            name=clean_name(name, kind),
            media_type=kind.media_type,
            size=len(kept),
            sha256=hashlib.sha256(kept).hexdigest(),
            path=path,
            brought_by=by,
            brought_at=clock.now(),
        )
        note("file.kept", by=by, subject=row, media_type=kind.media_type)
    return row


def treat_uploads(request: HttpRequest) -> None:
    """Check and re-encode what a form brought while nobody waits for the database yet; `keep_file` takes it from there."""
    brought: Iterable[Any] = request.FILES.values()
    for upload in brought:
        if (upload.size or 0) <= limits().most:
            treat(upload)


def treat(upload: Any) -> None:
    """The same for one file that came another way, a picture within a text: `keep_file` says what was wrong with it."""
    try:
        upload.treated = _treat(upload)
    except FileRefused as refused:
        upload.treated = refused


def _ready(upload: "File[bytes]") -> tuple[Kind, bytes]:
    """What `treat_uploads` made of it, or the same done now."""
    done: tuple[Kind, bytes] | FileRefused | None = getattr(upload, "treated", None)
    if isinstance(done, FileRefused):
        raise done
    return done or _treat(upload)


def _treat(upload: "File[bytes]") -> tuple[Kind, bytes]:
    content = _read(upload)
    scan(content)
    return treated(content, upload.name or "")


def treated(content: bytes, name: str) -> tuple[Kind, bytes]:
    """What a file is and the bytes to keep of it."""
    kind = find_kind(content, name) or office_kind(content)
    if kind.treatment is Treatment.REPAINT:
        return kind, repaint(content)
    if kind.treatment is Treatment.TEXT:
        return kind, as_utf8(content)
    if kind.treatment is Treatment.PDF:
        check_pdf(content)
    if kind.treatment is Treatment.MEDIA:
        return kind, without_place(content)
    return kind, content


def _read(upload: "File[bytes]") -> bytes:
    most = limits().most
    if (upload.size or 0) > most:
        raise FileRefused(too_large())
    upload.seek(0)
    content: bytes = upload.read(most + 1)
    if len(content) > most:
        raise FileRefused(too_large())
    return content


class _OnDisk:
    """A file on disk that goes again unless the transaction is committed.

    Django drops `on_commit` callbacks when it rolls back; this one takes the file with it.
    """

    def __init__(self, path: str) -> None:
        self._undo = weakref.finalize(self, default_storage.delete, path)

    def stay(self) -> None:
        self._undo.detach()


def _write(organisation_id: UUID, content: bytes) -> str:
    token = uuid4().hex
    place = f"{organisation_id.hex}/{token[:2]}/{token}"
    try:
        path = default_storage.save(place, ContentFile(content))
    except OSError:
        default_storage.delete(place)  # the part that found room takes it from others
        raise
    transaction.on_commit(_OnDisk(path).stay)
    return path


@transaction.atomic
def sweep_files() -> int:
    """Delete files that nothing cites a day after they came; safe to repeat. Answers how many."""
    rows = list(forgotten_files().select_for_update()[:1000])
    if not rows:
        return 0
    StoredFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for organisation_id in {row.organisation_id for row in rows}:
        count = sum(row.organisation_id == organisation_id for row in rows)
        record("files.swept", organisation_id=organisation_id, actor_id=None, count=count)
    for row in rows:
        transaction.on_commit(lambda path=row.path: default_storage.delete(path))  # type: ignore[misc]
    return len(rows)


def sweep_strays() -> int:
    """Delete what lies on disk without a row, left by a process that was killed; nothing younger than a day."""
    gone = 0
    for place in _stored_paths():
        young = default_storage.get_modified_time(place) > clock.now() - GRACE
        if not young and not StoredFile.objects.filter(path=place).exists():
            default_storage.delete(place)
            gone += 1
    return gone


def _stored_paths() -> Iterator[str]:
    if not default_storage.exists(""):
        return
    for organisation in default_storage.listdir("")[0]:
        for shelf in default_storage.listdir(organisation)[0]:
            for name in default_storage.listdir(f"{organisation}/{shelf}")[1]:
                yield f"{organisation}/{shelf}/{name}"
