"""Named reads of texts that were brought, and of the pictures in a text."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage

from throughline.elements.models import BroughtText
from throughline.elements.policy import Part
from throughline.files.models import StoredFile
from throughline.files.queries import files_visible_to
from throughline.kit import clock
from throughline.schools.tenant import Seat

KEPT_FOR = timedelta(hours=20)  # a file that nothing shows is swept away after a day


def brought_by(part: Part) -> BroughtText | None:
    """What this person brought for the element and has not put in yet. One query."""
    found = BroughtText.objects.filter(
        organisation_id=part.element.organisation_id,
        element=part.element,
        by=part.member,
        at__gt=clock.now() - KEPT_FOR,
    ).first()
    if found:
        found.element, found.by = part.element, part.member
    return found


class Pictures:
    """The files of the pictures in a text, as far as this person may see them. One query."""

    def __init__(self, seat: Seat, document: dict[str, Any]) -> None:
        wanted = [UUID(each) for each in set(pictures_in(document))]
        rows = files_visible_to(seat).filter(pk__in=wanted) if wanted else StoredFile.objects.none()
        self._rows = {str(row.pk): row for row in rows} if wanted else {}

    def has(self, file: str) -> bool:
        """Whether the file is there for them."""
        return file in self._rows

    def content(self, file: str) -> bytes | None:
        """Its bytes; None when it is gone."""
        row = self._rows.get(file)
        if row is None:
            return None
        try:
            with default_storage.open(row.path) as opened:
                content: bytes = opened.read()
        except FileNotFoundError:
            return None
        return content


def pictures_in(node: dict[str, Any]) -> Iterator[str]:
    """The ids of the files of all pictures in a text."""
    if node["type"] == "image":
        yield node["attrs"]["file"]
    for inner in node.get("content", ()):
        yield from pictures_in(inner)
