"""How each verb on the items of an element, on the community rounds and on the credits is called well."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.elements import element
from throughline.elements.credits import actions as credits
from throughline.elements.gathering import actions as gathering
from throughline.elements.models import Cluster, ElementKind, Entry, Item
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


def entry(their: Theirs) -> Entry:
    """Something that was said in their first round."""
    return gathering.add_entries(element=element(their), texts=["Theirs"], group="learners", by=their.lead)[0]


def cluster(their: Theirs) -> Cluster:
    """A cluster of theirs with an entry in it."""
    made = gathering.make_cluster(element=element(their), title="Theirs", by=their.lead)
    said = entry(their)
    gathering.sort_entries(element=element(their), entries=[said.pk], cluster=made, by=their.lead)
    return made


@way
def add_entries(their: Theirs) -> Act:
    held = element(their)
    return lambda by: gathering.add_entries(element=held, texts=["Ours"], group="learners", by=by)


@way
def make_cluster(their: Theirs) -> Act:
    held = element(their)
    return lambda by: gathering.make_cluster(element=held, title="Ours", by=by)


@way
def rename_cluster(their: Theirs) -> Act:
    held = cluster(their)
    return lambda by: gathering.rename_cluster(cluster=held, title="Ours", by=by)


@way
def drop_cluster(their: Theirs) -> Act:
    held = cluster(their)
    return lambda by: gathering.drop_cluster(cluster=held, by=by)


@way
def sort_entries(their: Theirs) -> Act:
    said, to = entry(their), cluster(their)
    return lambda by: gathering.sort_entries(element=element(their), entries=[said.pk], cluster=to, by=by)


@way
def remove_entries(their: Theirs) -> Act:
    said = entry(their)
    return lambda by: gathering.remove_entries(element=element(their), entries=[said.pk], by=by)


@way
def bring_back_entries(their: Theirs) -> Act:
    said = entry(their)
    gathering.remove_entries(element=element(their), entries=[said.pk], by=their.lead)
    return lambda by: gathering.bring_back_entries(element=element(their), entries=[said.pk], by=by)


@way
def agree_cluster(their: Theirs) -> Act:
    held = cluster(their)
    return lambda by: gathering.agree_cluster(cluster=held, by=by)


@way
def reopen_cluster(their: Theirs) -> Act:
    held = cluster(their)
    gathering.agree_cluster(cluster=held, by=their.lead)
    held.refresh_from_db()
    return lambda by: gathering.reopen_cluster(cluster=held, by=by)


@way
def note_missing(their: Theirs) -> Act:
    held = element(their)
    return lambda by: gathering.note_missing(element=held, number=1, text="Ours", by=by)


@way
def draft_credits(their: Theirs) -> Act:
    held = element(their, ElementKind.BUILDING_BLOCKS)
    return lambda by: credits.draft_credits(element=held, by=by)


@way
def restore_items(their: Theirs) -> Act:
    held = element(their)
    return lambda by: structure.restore_items(element=held, rows=[], by=by)
