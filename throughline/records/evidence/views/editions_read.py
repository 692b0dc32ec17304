"""What a piece of evidence was before it was brought again, ready for its page."""

from dataclasses import dataclass
from datetime import date, datetime

from throughline.records.models import Evidence
from throughline.records.page_context import of_file
from throughline.records.policy import may_open_file
from throughline.records.queries import editions_of
from throughline.schools.tenant import MemberRequest


@dataclass(frozen=True, slots=True)
class EditionRead:
    """An earlier edition. `file_url` is empty where the file is not shown."""

    number: int
    title: str
    text: str
    url: str
    file_name: str
    file_url: str
    happened_on: date
    at: datetime


def earlier_in_words(request: MemberRequest, piece: Evidence) -> list[EditionRead]:
    """Earlier editions, newest first. One query at most."""
    opened = may_open_file(piece, request.seat)
    return [
        EditionRead(
            each.number,
            each.title,
            each.text,
            each.url,
            each.file.name if each.file else "",
            of_file(request, each.file.pk) if each.file and opened else "",
            each.happened_on,
            each.at,
        )
        for each in editions_of(piece)
    ]
