"""What is said about a text as an editor in a browser reads it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from throughline.elements.models import Element, Remark, Thread
from throughline.elements.policy import Part, may_write
from throughline.elements.talk.policy import may_change_remark, may_settle
from throughline.elements.talk.queries import Said


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it says so."""
    return "application/json" in request.headers.get("Accept", "")


def address_of(element: Element, name: str, **more: object) -> str:
    """The address of a page of an element's talk."""
    where = {"school": element.organisation.slug, "kind": element.kind, **more}
    return reverse(f"elements:{name}", kwargs=where)


def errors_told(errors: dict[str, Any]) -> JsonResponse:
    """What was wrong with what a script sent, by field: lists of sentences."""
    return JsonResponse({"errors": errors}, status=422)


def as_data(part: Part, said: Sequence[Said]) -> list[dict[str, Any]]:
    """Threads with their positions, remarks and what this person may do with each."""
    return [_thread(part, each) for each in said]


def _thread(part: Part, said: Said) -> dict[str, Any]:
    thread: Thread = said.thread
    decides = bool(thread.suggests and thread.is_open and may_write(part))
    return {
        "id": str(thread.pk),
        "about": thread.about,
        "section": thread.section,
        "from": said.place.start,
        "to": said.place.end,
        "gone": said.place.gone,
        "changed": said.changed,
        "words": thread.words,
        "now": said.now,
        "proposed": thread.proposed,
        "instead": said.proposed if thread.suggests else None,
        "state": thread.state,
        "reason": thread.reason,
        "by": thread.begun_by.name,
        "at": thread.begun_at.isoformat(),
        "remarks": [_remark(part, each) for each in said.remarks if each.text or each.removed_at],
        "may_settle": bool(may_settle(part, thread)),
        "may_decide": decides,
        "address": address_of(part.element, "thread", thread_id=thread.pk),
    }


def _remark(part: Part, remark: Remark) -> dict[str, Any]:
    return {
        "id": str(remark.pk),
        "by": remark.voice or remark.by.name,
        "at": remark.at.isoformat(),
        "text": remark.text,
        "edited": remark.edited_at is not None,
        "removed": remark.removed_at is not None,
        "may_change": bool(may_change_remark(part, remark)) and remark.removed_at is None,
    }
