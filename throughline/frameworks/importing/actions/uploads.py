"""Verbs on imports: bring a framework file, have it read, publish it or finish it as a draft, throw it away.

A small file is read at once; a large one by the worker (`read_waiting_import`), which says how far it is.
"""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.files.naming import clean_name
from throughline.files.scanning import scan
from throughline.frameworks.blueprint import FrameworkProblem, check
from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.draft_content import competencies_of, draft_of
from throughline.frameworks.drafting.actions import start_draft
from throughline.frameworks.importing.actions.publishing import Imported, publish_match
from throughline.frameworks.importing.matching import Match, match_source
from throughline.frameworks.importing.sources import Source, is_large, kind_of, packed, read_source, unpacked
from throughline.frameworks.importing.storage import (
    all_paths,
    beside,
    import_storage,
    opened,
    put,
    put_beside,
    take_away,
)
from throughline.frameworks.limits import (
    GIVEN_UP_AFTER,
    KEPT_FOR,
    MOST_BYTES,
    MOST_KEPT,
    MOST_MB,
    MOST_TRIES,
)
from throughline.frameworks.models import FrameworkDraft, FrameworkImport
from throughline.frameworks.policy import may_publish
from throughline.frameworks.publishing.actions import Published
from throughline.frameworks.queries import imports_of, newest_first
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.unsupported_files import refuse_others
from throughline.frameworks.versions.comparison import origins_by_words
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership

State = FrameworkImport.State
TELL_EVERY = 512 * 1024
STRAYS_AFTER = timedelta(days=1)


@transaction.atomic
def bring_import(*, by: Membership, upload: "File[bytes]") -> FrameworkImport:
    """Keep a framework file and, unless it is large, read it. A small file that is none is refused at once."""
    may_publish(by, by.organisation).enforce()
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError({"file": _("This file is larger than %(limit)d MB.") % {"limit": MOST_MB}})
    if imports_of(by.organisation).count() >= MOST_KEPT:
        raise ValidationError(
            {
                "file": _("There are already %(count)d files waiting here. Delete some first.")
                % {"count": MOST_KEPT}
            }
        )
    upload.seek(0)
    content = upload.read(MOST_BYTES + 1)
    scan(content)
    try:
        refuse_others(content)
    except FrameworkProblem as problem:
        raise ValidationError({"file": problem.sentence}) from None
    name = clean_name(upload.name, kind_of(content))
    source = None
    if not is_large(content):
        try:
            source = read_source(BytesIO(content), name)
        except FrameworkProblem as problem:
            raise ValidationError({"file": problem.sentence}) from None
    now = clock.now()
    kept = FrameworkImport(
        organisation=by.organisation,
        name=name,
        path=put(by.organisation_id, ContentFile(content)),
        size=len(content),
        brought_by=by,
        brought_at=now,
        expires_at=now + KEPT_FOR,
    )
    if source is not None:
        _is_read(kept, source)
    kept.save(force_insert=True)
    note("framework.import-brought", by=by, subject=kept, name=name)
    return kept


def _is_read(kept: FrameworkImport, source: Source) -> None:
    put_beside(kept.path, packed(source))
    kept.state = State.READY
    kept.title = source.title
    kept.seen = kept.size
    kept.lines = len(source.lines)
    kept.problems = len(source.problems)


def read_waiting_import() -> bool:
    """Read one file that waits, or that a worker which died had begun. Answers whether there was one."""
    lost = Q(state=State.READING, started_at__lt=clock.now() - GIVEN_UP_AFTER)
    kept = FrameworkImport.objects.filter(Q(state=State.WAITING) | lost).order_by("brought_at").first()
    if kept is None:
        return False
    mine = FrameworkImport.objects.filter(pk=kept.pk, state=kept.state, started_at=kept.started_at)
    if not mine.update(state=State.READING, started_at=clock.now(), seen=0, tries=kept.tries + 1):
        return True
    kept.refresh_from_db()
    with translation.override(kept.brought_by.person.language or "en"):
        _read(kept)
    return True


def _read(kept: FrameworkImport) -> None:
    fields = ["state", "title", "seen", "lines", "problems", "message"]
    try:
        if kept.tries > MOST_TRIES:
            raise FrameworkProblem(_("This file could not be read. Try it in smaller parts."))
        with opened(kept.path) as file:
            _is_read(kept, read_source(_Told(file, kept), kept.name))
    except FrameworkProblem as problem:
        kept.state, kept.message = State.FAILED, problem.sentence
    except FileNotFoundError:
        kept.state, kept.message = State.FAILED, _("The file is no longer here. Import it again.")
    FrameworkImport.objects.filter(pk=kept.pk, state=State.READING).update(
        **{name: getattr(kept, name) for name in fields}
    )


class _Told:
    """A file that says in the database how much of it has been read."""

    def __init__(self, file: Any, kept: FrameworkImport) -> None:
        self._file, self._kept = file, kept
        self._seen = self._said = 0

    def read(self, size: int = -1) -> bytes:
        part: bytes = self._file.read(size)
        self._seen += len(part)
        if self._seen - self._said >= TELL_EVERY:
            self._said = self._seen
            FrameworkImport.objects.filter(pk=self._kept.pk).update(seen=self._seen, started_at=clock.now())
        return part

    def seek(self, place: int) -> int:
        self._seen = place
        return int(self._file.seek(place))


def source_of(kept: FrameworkImport) -> Source:
    """What was read of a file that is ready."""
    return unpacked(beside(kept.path))


@transaction.atomic
def publish_import(*, by: Membership, kept: FrameworkImport, choice: Choice) -> Imported:
    """Publish what the file holds, as `choice` maps it: whole or not at all. The same again changes nothing."""
    may_publish(by, by.organisation).enforce()
    kept = _ready(by, kept)
    found = match_source(source_of(kept), choice, by.organisation)
    done = write_down(by, kept, found)
    return Imported(done.version, done.changed, found.notes)


def write_down(member: Membership, kept: FrameworkImport, found: Match) -> Published:
    """Publish what was read and chosen, in the transaction that holds the import."""
    done = publish_match(found, owner=member.organisation, by=member)
    kept.state, kept.published, kept.title, kept.message = (
        State.PUBLISHED,
        done.version,
        done.version.title,
        "",
    )
    kept.save(update_fields=["state", "published", "title", "message"])
    return done


@transaction.atomic
def draft_import(*, by: Membership, kept: FrameworkImport, choice: Choice) -> FrameworkDraft:
    """Begin a draft of what the file holds, to add levels, steps, indicators and witnesses before it is published: the
    next version of a framework that is here, or a new one.
    """
    may_publish(by, by.organisation).enforce()
    found = match_source(source_of(_ready(by, kept)), choice, by.organisation)
    check(found.plan)
    content = draft_of(found.plan)
    base = newest_first(found.of)[0] if found.of else None
    if base is not None:
        origins = origins_by_words(stored_blueprint(base), found.plan)
        for _domain, part in competencies_of(content):
            part["was"] = list(origins[part["code"]])
    read = found.read or draft_of(found.says or found.plan)
    return start_draft(
        by=by, base=base, title=found.plan.title, content=content, package=found.source, read=read
    )


@transaction.atomic
def drop_import(*, by: Membership, kept: FrameworkImport) -> None:
    """Throw an import away, the file too. What was published from it stays."""
    may_publish(by, by.organisation).enforce()
    kept = imports_of(by.organisation).select_for_update().get(pk=kept.pk)
    note("framework.import-dropped", by=by, subject=kept, name=kept.name)
    _forget(kept)


def _ready(by: Membership, kept: FrameworkImport) -> FrameworkImport:
    kept = imports_of(by.organisation).select_for_update().get(pk=kept.pk)
    if kept.state == State.PUBLISHING:
        raise FrameworkProblem(_("This file is being published."))
    if kept.state not in (State.READY, State.PUBLISHED):
        raise FrameworkProblem(_("This file has not been read yet."))
    return kept


def _forget(kept: FrameworkImport) -> None:
    path = kept.path
    kept.delete()
    transaction.on_commit(lambda: take_away(path))


def sweep_imports() -> int:
    """Forget imports that have run out, and files that a killed process left behind. Answers how many."""
    gone = 0
    for kept in FrameworkImport.objects.filter(expires_at__lt=clock.now())[:500]:
        with transaction.atomic():
            _forget(kept)
        gone += 1
    for path in list(all_paths()):
        young = import_storage().get_modified_time(path) > clock.now() - STRAYS_AFTER
        if not young and not FrameworkImport.objects.filter(path=path).exists():
            take_away(path)
            gone += 1
    return gone
