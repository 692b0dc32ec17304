"""Opening a framework to everyone, and closing it again. What was read meanwhile cannot be taken back."""

from datetime import datetime

from django.db import transaction

from throughline.frameworks.case_api.actions import give_out_soon
from throughline.frameworks.models import Framework
from throughline.frameworks.policy import may_open
from throughline.frameworks.queries import newest_first
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership


def open_framework(*, framework: Framework, by: Membership) -> Framework:
    """Let anyone read every version of it, without an account. Opening what is open changes nothing."""
    return _turned(framework, by, "framework.opened", clock.now())


def close_framework(*, framework: Framework, by: Membership) -> Framework:
    """Its public address does not exist any more. Closing what is closed changes nothing."""
    return _turned(framework, by, "framework.closed", None)


@transaction.atomic
def _turned(framework: Framework, by: Membership, said: str, public_at: datetime | None) -> Framework:
    may_open(by, framework).enforce()
    held = Framework.objects.select_for_update().get(pk=framework.pk)
    if (held.public_at is None) == (public_at is None):
        return held
    held.public_at = public_at
    held.save(update_fields=["public_at"])
    if public_at:
        give_out_soon(held)
    title = newest_first(held).values_list("title", flat=True)[0]
    note(said, by=by, subject=held, title=title)
    return held
