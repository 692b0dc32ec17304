"""What verbs of the page hold while they change it, so that two come one after the other."""

from throughline.plans.models import PageForFamilies
from throughline.schools.models import Membership


def held(page: PageForFamilies, by: Membership) -> PageForFamilies:
    """The page, held until the end of the transaction. None of another organisation."""
    return PageForFamilies.objects.select_for_update(of=("self",)).get(
        pk=page.pk, organisation_id=by.organisation_id
    )
