"""How each verb about what a framework says to others is called well: opening it, crosswalks, translations."""

from tests.trust.theirs import Act, Theirs, way
from throughline.frameworks.actions import opening
from throughline.frameworks.models import Framework


def framework(their: Theirs) -> Framework:
    """The framework that is theirs alone."""
    return Framework.objects.get(owner=their.realm.organisation)


@way
def open_framework(their: Theirs) -> Act:
    return lambda by: opening.open_framework(framework=framework(their), by=by)


@way
def close_framework(their: Theirs) -> Act:
    opened = opening.open_framework(framework=framework(their), by=their.lead)
    return lambda by: opening.close_framework(framework=opened, by=by)
