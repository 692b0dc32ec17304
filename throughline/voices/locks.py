"""What verbs hold while they change a listening, so that two come one after the other."""

from throughline.schools.models import Membership
from throughline.voices.models import Listening


def held(listening: Listening, by: Membership) -> Listening:
    """The listening, held until the end of the transaction. None of another organisation: `DoesNotExist`."""
    return (
        Listening.objects.select_for_update(of=("self",))
        .select_related("journey")
        .get(pk=listening.pk, organisation_id=by.organisation_id)
    )
