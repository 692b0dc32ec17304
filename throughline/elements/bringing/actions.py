"""Verbs of texts that come from elsewhere: bring one, put it in, leave it."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.bringing.queries import KEPT_FOR
from throughline.elements.bringing.registry import BroughtComment, comments_taken
from throughline.elements.bringing.taking_in import TakenIn
from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.models import BroughtText, ChangeKind, Element
from throughline.elements.policy import may_write
from throughline.elements.queries import part_of
from throughline.elements.writing.schema import EMPTY, SCHEMA, checked
from throughline.files.actions import keep_file
from throughline.files.kinds import FileRefused
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership

REPLACE, APPEND = "replace", "append"


@transaction.atomic
def bring_text(*, element: Element, brought: TakenIn, by: Membership) -> BroughtText:
    """Keep a text that was read until this person has looked at it. What they brought before and did not use goes."""
    may_write(part_of(element, by)).enforce()
    read, lost = brought.read, list(brought.read.lost)
    files: dict[str, str] = {}
    for key, picture in brought.pictures.items():
        try:
            files[key] = str(keep_file(picture, by=by).pk)
        except FileRefused as refused:
            lost.append(_("A picture was left out. %(why)s") % {"why": refused.sentence})
    here = BroughtText.objects.filter(organisation_id=by.organisation_id)
    here.filter(element=element, by=by).delete()
    here.filter(at__lt=clock.now() - KEPT_FOR).delete()
    return BroughtText.objects.create(
        organisation_id=by.organisation_id,
        element=element,
        by=by,
        at=clock.now(),
        name=brought.name,
        title=read.title,
        document=checked(_with_files(read.document, files)),
        lost=lost,
        comments=[asdict(comment) for comment in read.comments],
    )


def _with_files(node: dict[str, Any], files: dict[str, str]) -> dict[str, Any]:
    """The text with the files that its pictures have here; a picture that was refused leaves its words."""
    if node["type"] == "image":
        attrs = node["attrs"]
        if attrs["file"] in files:
            return {**node, "attrs": {**attrs, "file": files[attrs["file"]]}}
        words = attrs["alt"] or attrs["caption"]
        return {"type": "paragraph", **({"content": [{"type": "text", "text": words}]} if words else {})}
    if "content" not in node:
        return node
    return {**node, "content": [_with_files(inner, files) for inner in node["content"]]}


@transaction.atomic
def put_in_text(*, brought: BroughtText, how: str, seen: int, by: Membership) -> int:
    """Make what was brought the text of the element, or the end of it; the version that the text now has.

    `seen` is the version that the person saw. Raises `ValidationError` when others have written since and the text would
    be replaced: at the end there is always room.
    """
    element = brought.element
    may_write(part_of(element, by)).enforce()
    if brought.by_id != by.pk or how not in {REPLACE, APPEND}:
        raise ValidationError(_("Say whether this text replaces the present one or follows it."))
    now = text_at(element)
    document, offset = brought.document, 0
    if how == APPEND and now.document != EMPTY:
        offset = SCHEMA.node_from_json(now.document).content.size
        document = {"type": "doc", "content": [*now.document["content"], *document["content"]]}
    elif how == REPLACE and now.version != seen:
        raise ValidationError(
            _(
                "Others have changed the text since you looked. Nothing was replaced. Press again if this text is still to take its place."
            )
        )
    version = replace_text(
        element=element, document=document, seen=now.version, by=by, kind=ChangeKind.IMPORTED
    )
    comments = [_moved(comment, offset) for comment in brought.comments]
    if comments:
        for take in comments_taken:
            take(element, version, comments, by)
    name = brought.name or _("a pasted text")
    note("element.text-brought", by=by, subject=element, title=element.title, name=name)
    brought.delete()
    return version


def _moved(comment: dict[str, Any], offset: int) -> BroughtComment:
    return BroughtComment(**{**comment, "start": comment["start"] + offset, "end": comment["end"] + offset})


@transaction.atomic
def leave_text(*, brought: BroughtText, by: Membership) -> None:
    """Forget what was brought; the text of the element stays as it is."""
    may_write(part_of(brought.element, by)).enforce()
    BroughtText.objects.filter(organisation_id=by.organisation_id, pk=brought.pk, by=by).delete()
