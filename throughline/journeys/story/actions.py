"""What those who run a journey say before its story begins."""

from django.db import transaction

from throughline.journeys.locks import hold_journey
from throughline.journeys.models import Introduction
from throughline.journeys.policy import Place, may_run
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.schools.log import note


class WrittenMeanwhile(Exception):
    """Somebody else has written another edition since the page was opened. `.introduction` is theirs."""

    def __init__(self, introduction: Introduction) -> None:
        super().__init__("written meanwhile")
        self.introduction = introduction


@transaction.atomic
def write_introduction(*, place: Place, text: str, seen: int) -> Introduction | None:
    """Keep another edition; None when nothing is different. `seen` is the number of the edition that was changed."""
    may_run(place).enforce()
    hold_journey(place)
    editions = Introduction.objects.filter(organisation=place.journey.organisation_id, journey=place.journey)
    last = editions.select_related("by").order_by("-number").first()
    said = clean_text(text)
    if said == (last.text if last else ""):
        return None
    if last and last.number != seen:
        raise WrittenMeanwhile(last)
    made = Introduction.objects.create(
        organisation_id=place.journey.organisation_id,
        journey=place.journey,
        number=last.number + 1 if last else 1,
        text=said,
        by=place.seat.membership,
        at=clock.now(),
    )
    note("journey.introduced", by=place.seat.membership, subject=place.journey, name=place.journey.name)
    return made
