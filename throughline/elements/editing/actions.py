"""Verbs of the text of an element."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.editing.queries import text_at
from throughline.elements.editing.states import keep_state
from throughline.elements.editing.steps import node_of, steps_between
from throughline.elements.models import Change, ChangeKind, Element
from throughline.elements.policy import may_write
from throughline.elements.queries import part_of
from throughline.elements.writing.schema import checked
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership


class Meanwhile(ValidationError):
    """Others wrote since; `version` is where the text is now. Nothing was changed."""

    def __init__(self, version: int) -> None:
        super().__init__(_("Others changed this text while you had it open."))
        self.version = version


@transaction.atomic
def replace_text(
    *,
    element: Element,
    document: dict[str, Any],
    seen: int,
    by: Membership,
    kind: str = ChangeKind.FORM,
    author: Membership | None = None,
) -> int:
    """Make a whole document the text; the version that it now has. `seen` is the version that it was made from.

    `author` is whose words they are where that is not whoever puts them in: somebody suggested them.
    Raises `ValidationError` when the document is not well formed, and `Meanwhile` when others have written since.
    """
    may_write(part_of(element, by)).enforce()
    wanted = node_of(checked(document))
    held = Element.objects.select_for_update().get(pk=element.pk, organisation_id=by.organisation_id)
    if held.head != seen:
        raise Meanwhile(held.head)
    steps = steps_between(node_of(text_at(held).document), wanted)
    if not steps:
        return held.head
    end = held.head + len(steps)
    Change.objects.create(
        organisation_id=held.organisation_id,
        element=held,
        start=held.head,
        end=end,
        steps=[step.to_json() for step in steps],
        kind=kind,
        by=author or by,
        at=clock.now(),
    )
    keep_state(held, end, cast("dict[str, Any]", wanted.to_json()))
    held.head = end
    held.save(update_fields=["head"])
    note("element.text-replaced", by=by, subject=held, title=held.title)
    return end
