"""How each verb on where an element stands is called well."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.elements import element
from tests.trust.world_elements import seen_of
from throughline.elements.adopting import actions
from throughline.elements.models import Edition, Element, ElementKind, Item
from throughline.kit import clock


def with_content(their: Theirs) -> Element:
    held = element(their, ElementKind.BUILDING_BLOCKS)
    Item.objects.create(
        organisation=their.realm.organisation,
        element=held,
        kind="credit",
        title="Theirs",
        changed_by=their.lead,
    )
    return held


def adopted(their: Theirs) -> Edition:
    held = with_content(their)
    adoption = actions.Adoption("Their board", clock.today())
    return actions.adopt(element=held, adoption=adoption, seen=seen_of(held), by=their.lead)


@way
def adopt(their: Theirs) -> Act:
    held = with_content(their)
    now, adoption = seen_of(held), actions.Adoption("The board", clock.today())
    return lambda by: actions.adopt(element=held, adoption=adoption, seen=now, by=by)


@way
def change_stage(their: Theirs) -> Act:
    held = element(their)
    now = seen_of(held)
    return lambda by: actions.change_stage(element=held, to="proposed", on=clock.today(), seen=now, by=by)


@way
def show_edition(their: Theirs) -> Act:
    edition, record, competency = adopted(their), their.record(), their.competency(5)
    return lambda by: actions.show_edition(
        edition=edition, record=record, competencies=[competency], mark="document", why="", by=by
    )
