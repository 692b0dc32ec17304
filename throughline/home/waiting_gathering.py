"""The second round of a Graduate Profile, for those who were invited to it and have said nothing yet."""

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.elements.gathering.queries import asked_again
from throughline.elements.policy import STAFF
from throughline.home.desk import Desk
from throughline.home.waiting import Waiting, named, source


@source
def second_rounds(desk: Desk) -> list[Waiting]:
    """For learners, families and others who are no staff: their word on the attributes. One query."""
    seats = {seat.membership.pk: seat for seat in desk.seats if not seat.has(*STAFF)}
    if not seats:
        return []
    found = []
    for invited in asked_again(list(seats)):
        organisation = seats[invited.membership_id].organisation
        known = {"school": organisation.slug, "kind": invited.element.kind}
        found.append(
            Waiting(
                title=named(_("{title}: is this it?"), title=invited.element.title),
                detail=_("The second round asks what you say to each attribute. A sentence is enough."),
                organisation=organisation.name,
                weight=50,
                href=reverse("elements:second-round", kwargs=known),
                action=_("Read and answer"),
                minutes=5,
            )
        )
    return found
