"""What is shared with somebody inside their organisations: a page to read once."""

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.home.desk import Desk
from throughline.home.waiting import Waiting, named, source
from throughline.network.queries import unread_by
from throughline.ui.times import day_in_words


@source
def shared_pages(desk: Desk) -> list[Waiting]:
    """Snapshots that were shared with them and that they have not opened. One query."""
    if not desk.seats:
        return []
    found = []
    for share in unread_by(desk.seats):
        seat = desk.by_organisation[share.organisation_id]
        journey = share.snapshot.journey.name
        found.append(
            Waiting(
                title=named(_("{journey}: results to read"), journey=journey),
                detail=_("Where things stood on %(date)s, on one page. It was shared with you.")
                % {"date": day_in_words(share.snapshot.taken_at)},
                organisation=seat.organisation.name,
                weight=35,
                href=reverse(
                    "network:shared", kwargs={"school": seat.organisation.slug, "share_id": share.pk}
                ),
                action=_("Read it"),
                minutes=5,
            )
        )
    return found
