"""How each verb that begins an element and invites people to it is called well."""

from uuid import uuid4

from tests.trust.theirs import Act, Theirs, way
from throughline.elements.bringing import actions as bringing
from throughline.elements.bringing.taking_in import TakenIn
from throughline.elements.editing import actions as editing
from throughline.elements.models import BroughtText, Element, ElementKind
from throughline.elements.setup import actions as setup
from throughline.elements.writing.incoming import Read


def element(their: Theirs, kind: str = ElementKind.GRADUATE_PROFILE) -> Element:
    """Their element of one kind, begun by their lead when there is none."""
    found = Element.objects.filter(organisation=their.realm.organisation, kind=kind).first()
    return found or setup.begin_element(kind=kind, title="Theirs", language="en", outline=[], by=their.lead)


@way
def begin_element(their: Theirs) -> Act:
    kind = ElementKind.LEARNING_FRAMEWORK
    return lambda by: setup.begin_element(kind=kind, title="Ours", language="en", outline=[], by=by)


@way
def invite_participant(their: Theirs) -> Act:
    held = element(their)
    return lambda by: setup.invite_participant(element=held, member=their.learner, may="comment", by=by)


@way
def end_participation(their: Theirs) -> Act:
    invited = setup.invite_participant(
        element=element(their), member=their.learner, may="comment", by=their.lead
    )
    return lambda by: setup.end_participation(participant=invited, by=by)


@way
def replace_text(their: Theirs) -> Act:
    document = {"type": "doc", "content": [{"type": "heading", "attrs": {"level": 2, "key": ""}}]}
    held = element(their)
    return lambda by: editing.replace_text(element=held, document=document, seen=held.head, by=by)


def _section(their: Theirs) -> tuple[Element, str]:
    """Their element with two new sections, and the key of the last one."""
    held = element(their)
    for title in ("One", "Two"):
        key = setup.add_section(element=held, words={"title": title}, by=their.lead)
    return held, key


@way
def add_section(their: Theirs) -> Act:
    held = element(their)
    return lambda by: setup.add_section(element=held, words={"title": "Ours"}, by=by)


@way
def change_section(their: Theirs) -> Act:
    held, key = _section(their)
    seen, words = {"title": "Two"}, {"title": "Ours"}
    return lambda by: setup.change_section(element=held, key=key, words=words, seen=seen, by=by)


@way
def move_section(their: Theirs) -> Act:
    held, key = _section(their)
    return lambda by: setup.move_section(element=held, key=key, up=True, by=by)


@way
def remove_section(their: Theirs) -> Act:
    held, key = _section(their)
    return lambda by: setup.remove_section(element=held, key=key, by=by)


@way
def rename_element(their: Theirs) -> Act:
    held = element(their)
    return lambda by: setup.rename_element(element=held, title="Ours", by=by)


@way
def accept(their: Theirs) -> Act:
    held = element(their)
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "x"}]}}
    batch = editing.Batch(uuid4(), [step])
    return lambda by: editing.accept(element=held, version=held.head, batches=[batch], by=by)


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
