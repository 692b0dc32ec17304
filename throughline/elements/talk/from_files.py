"""Comments that came in a file become conversations at the words they stood on."""

from collections.abc import Sequence

from throughline.elements.bringing.registry import BroughtComment
from throughline.elements.models import About, Element, Remark, Thread
from throughline.elements.talk.actions.talking import LONGEST
from throughline.kit.text import clean_line, clean_text
from throughline.schools.models import Membership


def take_comments(element: Element, version: int, comments: Sequence[BroughtComment], by: Membership) -> None:
    """Open a conversation for each: brought in by a member, said by whoever the file names. Two queries."""
    threads, remarks = [], []
    for each in comments:
        text = clean_text(each.text)[:LONGEST]
        if not text:
            continue
        thread = Thread(
            organisation_id=element.organisation_id,
            element=element,
            about=About.PASSAGE if each.start < each.end else About.WHOLE,
            start=each.start,
            end=each.end,
            version=version,
            words=clean_text(each.about)[:LONGEST],
            begun_by=by,
        )
        threads.append(thread)
        remarks.append(
            Remark(
                organisation_id=element.organisation_id,
                thread=thread,
                by=by,
                text=text,
                voice=clean_line(each.author)[:200],
            )
        )
    Thread.objects.bulk_create(threads)
    Remark.objects.bulk_create(remarks)
