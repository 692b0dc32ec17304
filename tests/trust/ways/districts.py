"""How the verbs of a district towards its schools are called well: our realm becomes a district for the time of the try."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.world import MARK
from throughline.network import reaching
from throughline.network.models import Share
from throughline.network.tests.neighbours import neighbour
from throughline.schools.models import Organisation


def shown_to(their: Theirs) -> Share:
    """A school that has earned what another one works on, and lets itself be asked and cited."""
    district = their.realm.organisation
    Organisation.objects.filter(pk=district.pk).update(kind=Organisation.Kind.DISTRICT)
    their.lead.organisation.kind = Organisation.Kind.DISTRICT
    neighbour(f"{MARK} learning", district, {"stakeholder-buy-in": "in-progress"})
    return neighbour(
        f"{MARK} willing", district, {"stakeholder-buy-in": "earned"}, may_be_asked=True, may_be_cited=True
    )


@way
def ask_school(their: Theirs) -> Act:
    share = shown_to(their)
    return lambda by: reaching.ask_school(
        by=by, share_id=share.pk, competency_id=their.competency(), message="Would you show us?"
    )


@way
def cite_shared(their: Theirs) -> Act:
    share = shown_to(their)
    return lambda by: reaching.cite_shared(
        record=their.record(), competency_id=their.competency(), share_id=share.pk, why="It does.", by=by
    )
