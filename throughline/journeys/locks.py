"""What verbs hold until their transaction ends: a journey, a round, its raters; and the log's line about a round."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.journeys.models import Journey, Rater, Round
from throughline.journeys.policy import Place
from throughline.kit.prepared import prepared
from throughline.kit.verdict import refuse
from throughline.schools.log import note
from throughline.schools.tenant import Seat


def held_round(place: Place, round_id: UUID, *states: str) -> Round:
    """A round of this journey, held until the transaction ends; one of another journey does not exist.

    Raises `ValidationError` when it has moved on from these states, or is no longer there.
    """
    held = (
        Round.objects.select_for_update(of=("self",))
        .select_related("journey__record")
        .filter(pk=round_id, organisation=place.journey.organisation_id, journey=place.journey)
        .first()
    )
    if held is None:
        raise ValidationError(_("This round no longer exists. Someone deleted the draft."))
    if states and held.state not in states:
        raise ValidationError(
            _("The round has moved on since you opened this page. Reload it to see where things are now.")
        )
    return held


def hold_journey(place: Place) -> None:
    """Hold the journey until the transaction ends: two people do not begin two rounds at once, and its team stays as
    it is while a round asks it. Always before the round itself, so that nobody waits for each other."""
    Journey.objects.select_for_update(no_key=True).get(
        pk=place.journey.pk, organisation=place.journey.organisation_id
    )


def hold_raters(held: Round) -> None:
    """Wait for ratings under way in a round that is held, which nobody can join now: each of them holds its rater's
    own row (`rating.actions.rate`), and whoever comes later reads that it has moved on."""
    list(
        Rater.objects.select_for_update()
        .filter(organisation=held.organisation_id, round=held)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def log_round(verb: str, held: Round, place: Place, **detail: object) -> None:
    """One line of the log about a round; never about what anybody rated."""
    known = {"journey": place.journey.name, "number": held.number}
    note(verb, by=place.seat.membership, subject=held, **known, **detail)


def held_rater(by: Seat, round_id: UUID) -> Rater:
    """This person's row as a rater, held so that the spread cannot open in the middle (`rounds.actions.open_spread`)."""
    held = _held_rater(by.organisation.pk, round_id, by.membership.pk)
    if not held or not by.membership.is_active:
        refuse(_("You’re not a rater in this round.")).enforce()
    return held[0]


@prepared
def _held_rater(organisation: UUID, round_id: UUID, membership: UUID) -> QuerySet[Rater]:
    return Rater.objects.select_for_update().filter(
        organisation=organisation, round=round_id, membership=membership
    )
