"""How each verb on the items of an element is called well."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways_elements import element
from throughline.elements.models import ElementKind, Item
from throughline.elements.structure import actions as structure


def item(their: Theirs, kind: str = "attribute", title: str = "Theirs") -> Item:
    """A new item at the top of one of their elements."""
    owner = ElementKind.GRADUATE_PROFILE if kind == "attribute" else ElementKind.CALL_TO_ACTION
    words = {"title": title}
    return structure.add_item(element=element(their, owner), kind=kind, words=words, by=their.lead)


@way
def add_item(their: Theirs) -> Act:
    held = element(their)
    return lambda by: structure.add_item(element=held, kind="attribute", words={"title": "Ours"}, by=by)


@way
def change_item(their: Theirs) -> Act:
    held = item(their)
    return lambda by: structure.change_item(item=held, words={"title": "Ours"}, seen=1, by=by)


@way
def restore_revision(their: Theirs) -> Act:
    held = item(their)
    structure.change_item(item=held, words={"title": "Changed"}, seen=1, by=their.lead)
    return lambda by: structure.restore_revision(item=held, revision=1, by=by)


@way
def remove_item(their: Theirs) -> Act:
    held = item(their)
    return lambda by: structure.remove_item(item=held, by=by)


@way
def bring_back_item(their: Theirs) -> Act:
    held = item(their)
    structure.remove_item(item=held, by=their.lead)
    return lambda by: structure.bring_back_item(item=held, by=by)


@way
def move_item(their: Theirs) -> Act:
    item(their)
    held = item(their)
    return lambda by: structure.move_item(item=held, up=True, by=by)


@way
def tie(their: Theirs) -> Act:
    one, other = item(their), item(their, "vision")
    return lambda by: structure.tie(item=one, to=other, by=by)


@way
def untie(their: Theirs) -> Act:
    one, other = item(their), item(their, "vision")
    structure.tie(item=one, to=other, by=their.lead)
    return lambda by: structure.untie(item=one, to=other, by=by)


@way
def choose_ties(their: Theirs) -> Act:
    one, other = item(their), item(their, "vision")
    return lambda by: structure.choose_ties(item=one, to=[other.pk], competencies=[], by=by)


@way
def choose_serving(their: Theirs) -> Act:
    one, other = item(their), item(their, "vision")
    return lambda by: structure.choose_serving(item=other, serving=[one.pk], by=by)
