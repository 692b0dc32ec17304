"""Whether editions are still what was adopted: the digest worked out again, a file read again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage

from throughline.elements.adopting.freezing import content_of_edition, digest_of
from throughline.elements.models import Edition

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the digest of what is kept now, and what is wrong with its file ("", "missing", "changed")."""

    digest: str
    same: bool
    file: str = ""

    @property
    def holds(self) -> bool:
        """Nothing has changed since it was adopted."""
        return self.same and not self.file


def checked_again(edition: Edition) -> Checked:
    """Look at an edition and at its file."""
    digest = digest_of(content_of_edition(edition))
    return Checked(digest, digest == edition.digest, _file(edition))


def _file(edition: Edition) -> str:
    if edition.file is None:
        return ""
    found = hashlib.sha256()
    try:
        with default_storage.open(edition.file.path) as kept:
            while piece := kept.read(_PIECE):
                found.update(piece)
    except FileNotFoundError:
        return "missing"
    return "" if found.hexdigest() == edition.file.sha256 else "changed"


def changed_editions() -> Iterator[Edition]:
    """Editions whose content is not what was adopted any more, of every organisation. Reads them one by one."""
    rows = Edition.objects.select_related("file", "organisation").order_by(
        "organisation", "element", "number"
    )
    for edition in rows.iterator(chunk_size=20):
        if digest_of(content_of_edition(edition)) != edition.digest:
            yield edition
