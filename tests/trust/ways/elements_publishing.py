"""How publishing and translating an element are called well."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.elements import element
from throughline.elements.line import actions as line
from throughline.elements.models import Edition
from throughline.elements.publishing import actions
from throughline.elements.publishing.units import units_of


@way
def publish_element(their: Theirs) -> Act:
    held = element(their)
    return lambda by: actions.publish_element(element=held, is_open=False, may_be_found=False, by=by)


@way
def show_line(their: Theirs) -> Act:
    return lambda by: line.show_line(is_open=False, may_be_found=False, by=by)


@way
def translate_edition(their: Theirs) -> Act:
    edition = Edition.objects.select_related("element").get(organisation=their.realm.organisation)
    typed = {units_of(edition)[-1].name: actions.Typed("Suyo", None)}
    return lambda by: actions.translate_edition(edition=edition, language="es", typed=typed, by=by)
