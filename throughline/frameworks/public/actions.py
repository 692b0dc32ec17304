"""Opening a framework to everyone, and closing it again. What was read meanwhile cannot be taken back."""

from django.db import transaction

from throughline.frameworks.case_api.actions import give_out_soon
from throughline.frameworks.models import Framework
from throughline.frameworks.policy import may_open
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def open_framework(*, framework: Framework, by: Membership) -> Framework:
    """Let anyone read every version of it, without an account. Opening what is open changes nothing."""
    may_open(by, framework).enforce()
    held = Framework.objects.select_for_update().get(pk=framework.pk)
    if held.public_at is None:
        held.public_at = clock.now()
        held.save(update_fields=["public_at"])
        give_out_soon(held)
        note("framework.opened", by=by, subject=held, title=_title(held))
    return held


@transaction.atomic
def close_framework(*, framework: Framework, by: Membership) -> Framework:
    """Its public address does not exist any more. Closing what is closed changes nothing."""
    may_open(by, framework).enforce()
    held = Framework.objects.select_for_update().get(pk=framework.pk)
    if held.public_at is not None:
        held.public_at = None
        held.save(update_fields=["public_at"])
        note("framework.closed", by=by, subject=held, title=_title(held))
    return held


def _title(framework: Framework) -> str:
    return framework.versions.order_by("-published_at", "-id").values_list("title", flat=True)[0]
