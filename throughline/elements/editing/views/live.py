"""What an open editor asks and tells: the text, its changes, who is there, a picture. Answers are JSON."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from throughline.elements.editing import presence
from throughline.elements.editing.actions import MOST_STEPS, Batch, accept, bring_picture
from throughline.elements.editing.live import MOST, MOST_EACH, Listener, changes_as_told, hub, message_of
from throughline.elements.editing.queries import changes_since, text_at
from throughline.elements.models import Element
from throughline.elements.policy import may_see_draft, may_write
from throughline.elements.queries import part_in
from throughline.elements.shortcuts import draft_or_404
from throughline.elements.writing.schema import SPEC
from throughline.kit.streams import Stream
from throughline.people.models import Person
from throughline.people.sessions import SessionStore
from throughline.schools.tenant import MemberRequest, for_members, seats_of


def refused(why: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> JsonResponse:
    """An answer that says in words why not."""
    return JsonResponse({"why": why}, status=status)


@require_GET
@for_members
def now(request: MemberRequest, kind: str) -> HttpResponse:
    """The text as it is, for an editor that opens or begins anew."""
    part = draft_or_404(request, kind)
    text = text_at(part.element)
    return JsonResponse(
        {
            "version": text.version,
            "document": text.document,
            "spec": SPEC,
            "may_write": bool(may_write(part)),
            "member": str(part.member.pk),
            "csrf": get_token(request),
        }
    )


@require_POST
@for_members
def steps(request: MemberRequest, kind: str) -> HttpResponse:
    """Changes of this editor's, made on a version that it knows."""
    part = draft_or_404(request, kind)
    try:
        told = _sent(request)
        version, client = _whole(told["version"]), _client(told["client"])
        batches = [Batch(UUID(each["batch"]), _list(each["steps"])) for each in _list(told["batches"])]
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(_("This page sent something that isn’t a change. Please load it again."))
    try:
        answer = accept(element=part.element, version=version, batches=batches, by=part.member, client=client)
    except ValidationError as error:
        return refused(error.messages[0])
    return JsonResponse(
        {
            "version": answer.version,
            "refused": [[str(batch), place, why] for batch, place, why in answer.refused],
        }
    )


@require_GET
@for_members
def events(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Stay on the line and hear what others write and who is there."""
    part = draft_or_404(request, kind)
    element, member = part.element, part.member
    if hub.count() >= MOST or hub.count(member.pk) >= MOST_EACH:
        return refused(_("Too many windows of this kind are open."), HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        version = _whole(int(request.headers.get("Last-Event-ID") or request.GET.get("from") or element.head))
        client = _client(request.GET.get("client", ""))
    except ValueError:
        return refused(_("Please load this page again."))
    rows = changes_since(element, version)
    if version > element.head or (rows and rows[0].start != version):
        return refused(_("Please load this page again."), HTTPStatus.CONFLICT)
    if "once" in request.GET:
        return JsonResponse({"changes": changes_as_told(rows)})
    presence.come(element, member, client, version)
    heard = rows[-1].end if rows else version
    listener = Listener(
        element.organisation_id, element.pk, member.pk, client, heard, _may_still(request, element)
    )
    return Stream(message_of(rows) if rows else b"", lambda run: hub.follow(listener, run))


def _may_still(request: MemberRequest, element: Element) -> Callable[[], bool]:
    """Whether who asked is still signed in, still belongs here, and still sees the draft. Four queries."""
    key, person, slug, kind = (
        request.session.session_key,
        request.user.pk,
        request.seat.organisation.slug,
        element.kind,
    )

    def look() -> bool:
        session = SessionStore(key)
        held = Person.objects.filter(pk=person, is_active=True).first()
        if held is None or session.get(SESSION_KEY) != str(person):
            return False
        if session.get(HASH_SESSION_KEY) != held.get_session_auth_hash():
            return False
        seat = next((each for each in seats_of(held) if each.organisation.slug == slug), None)
        part = part_in(seat, kind) if seat else None
        return part is not None and bool(may_see_draft(part))

    return look


@require_POST
@for_members
def here(request: MemberRequest, kind: str) -> HttpResponse:
    """Where this editor's caret is."""
    part = draft_or_404(request, kind)
    try:
        told = _sent(request)
        at = (_whole(told["anchor"]), _whole(told["head"]), _whole(told["version"]))
        client = _client(told["client"])
    except (ValueError, KeyError, TypeError):
        return refused(_("Please load this page again."))
    found = presence.move(part.element, part.member, client, at)
    return HttpResponse(status=HTTPStatus.NO_CONTENT if found else HTTPStatus.CONFLICT)


@require_POST
@for_members
def picture(request: MemberRequest, kind: str) -> HttpResponse:
    """A picture for the text: checked and painted anew like every file."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    upload = request.FILES.get("file")
    if upload is None:
        return refused(_("Choose a picture."))
    try:
        kept = bring_picture(element=part.element, upload=upload, by=part.member)
    except ValidationError as error:
        return refused(error.messages[0])
    return JsonResponse({"file": str(kept.pk)})


def picture_address(school: str) -> Callable[[str], str]:
    """Where the files of pictures are, for `writing.html.to_html`."""
    return lambda file: (
        reverse("files:file", kwargs={"school": school, "file_id": file}) + "?inline" if file else ""
    )


def _sent(request: MemberRequest) -> Any:
    """What an editor sent. Raises `ValueError` for a form and other things that none of ours sends."""
    if request.content_type != "application/json":
        raise ValueError
    return json.loads(request.body)


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**31:
        raise ValueError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        raise ValueError
    return value


def _client(value: Any) -> str:
    if not isinstance(value, str) or not value.isascii() or not value.isalnum() or not 8 <= len(value) <= 32:
        raise ValueError
    return value
