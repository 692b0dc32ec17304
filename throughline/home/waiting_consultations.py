"""What consultations ask of those who read and answer: comments to read, and a last day that is near."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.elements.consulting.queries import soon, waiting_in
from throughline.elements.policy import WRITERS
from throughline.home.desk import Desk
from throughline.home.waiting import Waiting, named, source
from throughline.ui.times import day_in_words


@source
def consultations(desk: Desk) -> list[Waiting]:
    """Comments from outside that nobody has read, and consultations that end within days. One query."""
    seats = [seat for seat in desk.seats if not seat.roles.isdisjoint(WRITERS)]
    if not seats:
        return []
    found = []
    for held in waiting_in(seats, soon()):
        seat = desk.by_organisation[held.organisation_id]
        number = vars(held)["to_read"]
        known = {"school": seat.organisation.slug, "kind": held.element.kind, "consultation_id": held.pk}
        until = day_in_words(held.closes_on)
        read = ngettext("%(n)d comment to read.", "%(n)d comments to read.", number) % {"n": number}
        ends = _("Open until %(date)s.") % {"date": until}
        found.append(
            Waiting(
                title=named(_("{element}: the consultation"), element=held.title),
                detail=f"{read} {ends}" if number else ends,
                organisation=seat.organisation.name,
                weight=45,
                href=reverse("elements:comments" if number else "elements:consultation", kwargs=known),
                action=_("Read the comments") if number else _("Look"),
                minutes=15 if number else 5,
                due=held.closes_on,
            )
        )
    return found
