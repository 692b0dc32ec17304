"""The verb that shows everyone the throughline of what is published, or nobody any more."""

from django.db import transaction

from throughline.elements.line.policy import may_show_line
from throughline.elements.models import PublicLine
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def show_line(*, is_open: bool, may_be_found: bool, by: Membership) -> PublicLine:
    """Let everyone see it, and say whether search engines may keep it. Safe to repeat."""
    may_show_line(by).enforce()
    held, _made = PublicLine.objects.select_for_update(of=("self",)).get_or_create(
        organisation_id=by.organisation_id, defaults={"by": by}
    )
    wanted = (is_open, is_open and may_be_found)
    if (held.is_open, held.may_be_found) == wanted:
        return held
    held.is_open, held.may_be_found = wanted
    held.by, held.at = by, clock.now()
    held.save(update_fields=["is_open", "may_be_found", "by", "at"])
    note("line.published" if is_open else "line.unpublished", by=by, subject=held)
    return held
