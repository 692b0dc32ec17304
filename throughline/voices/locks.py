"""What verbs hold while they change a listening, so that two come one after the other."""

from throughline.schools.models import Membership
from throughline.voices.models import Listening
from throughline.voices.policy import may_compose
from throughline.voices.queries import part_of


def held(listening: Listening, by: Membership) -> Listening:
    """The listening, held until the end of the transaction. None of another organisation: `DoesNotExist`."""
    return (
        Listening.objects.select_for_update(of=("self",))
        .select_related("journey")
        .get(pk=listening.pk, organisation_id=by.organisation_id)
    )


def held_to_compose(listening: Listening, by: Membership) -> Listening:
    """The listening, held, for somebody who may compose it now. Raises `Refused`, `Listening.DoesNotExist`."""
    found = held(listening, by)
    may_compose(part_of(found, by)).enforce()
    return found
