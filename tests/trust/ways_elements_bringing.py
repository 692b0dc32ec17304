"""How each verb of texts that come from elsewhere is called well."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways_elements import element
from throughline.elements.bringing import actions as bringing
from throughline.elements.bringing.taking_in import TakenIn
from throughline.elements.models import BroughtText
from throughline.elements.writing.incoming import Read

_DOCUMENT = {
    "type": "doc",
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Brought"}]}],
}


def _brought(their: Theirs) -> BroughtText:
    return bringing.bring_text(element=element(their), brought=TakenIn(Read(_DOCUMENT)), by=their.lead)


@way
def bring_text(their: Theirs) -> Act:
    held = element(their)
    return lambda by: bringing.bring_text(element=held, brought=TakenIn(Read(_DOCUMENT)), by=by)


@way
def put_in_text(their: Theirs) -> Act:
    held = _brought(their)
    return lambda by: bringing.put_in_text(brought=held, how="replace", seen=held.element.head, by=by)


@way
def leave_text(their: Theirs) -> Act:
    held = _brought(their)
    return lambda by: bringing.leave_text(brought=held, by=by)
