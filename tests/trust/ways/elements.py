"""How each verb that begins an element and invites people to it is called well."""

from uuid import uuid4

from django.core.files.base import ContentFile

from tests.trust.theirs import Act, Theirs, way
from throughline.elements.bringing import actions as bringing
from throughline.elements.bringing.taking_in import TakenIn
from throughline.elements.editing import actions as editing
from throughline.elements.history import actions as history
from throughline.elements.models import BroughtText, Element, ElementKind, Thread
from throughline.elements.setup import actions as setup
from throughline.elements.talk.actions import suggesting, talking
from throughline.elements.writing.incoming import Read
from throughline.elements.writing.tests.test_fixpoint import PICTURE


def element(their: Theirs, kind: str = ElementKind.GRADUATE_PROFILE) -> Element:
    """Their element of one kind, begun by their lead when there is none."""
    found = Element.objects.filter(organisation=their.realm.organisation, kind=kind).first()
    return found or setup.begin_element(kind=kind, title="Theirs", language="en", outline=[], by=their.lead)


@way
def begin_element(their: Theirs) -> Act:
    kind = ElementKind.IMPLEMENTATION_PLAN
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


@way
def bring_picture(their: Theirs) -> Act:
    held = element(their)
    return lambda by: editing.bring_picture(element=held, upload=ContentFile(PICTURE, "a.png"), by=by)


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


def written(their: Theirs) -> Element:
    """Their element with a text."""
    held = element(their)
    words = [{"type": "text", "text": "Every learner is known well."}]
    document = {"type": "doc", "content": [{"type": "paragraph", "content": words}]}
    editing.replace_text(element=held, document=document, seen=held.head, by=their.lead)
    held.refresh_from_db()
    return held


def thread(their: Theirs) -> Thread:
    """A conversation that their lead began."""
    return talking.begin_thread(element=element(their), text="Why?", by=their.lead)


def suggestion(their: Theirs) -> Thread:
    """Other words that their lead suggests."""
    held = written(their)
    return suggesting.suggest(element=held, passage=(1, 6, held.head), words="Each", by=their.lead)


@way
def begin_thread(their: Theirs) -> Act:
    held = element(their)
    return lambda by: talking.begin_thread(element=held, text="Why?", by=by)


@way
def reply(their: Theirs) -> Act:
    held = thread(their)
    return lambda by: talking.reply(thread=held, text="Because.", by=by)


@way
def edit_remark(their: Theirs) -> Act:
    held = thread(their).remarks.get()
    return lambda by: talking.edit_remark(remark=held, text="Why not?", by=by)


@way
def remove_remark(their: Theirs) -> Act:
    held = thread(their).remarks.get()
    return lambda by: talking.remove_remark(remark=held, by=by)


@way
def resolve(their: Theirs) -> Act:
    held = thread(their)
    return lambda by: talking.resolve(thread=held, by=by)


@way
def reopen(their: Theirs) -> Act:
    held = thread(their)
    talking.resolve(thread=held, by=their.lead)
    return lambda by: talking.reopen(thread=held, by=by)


@way
def read_mentions(their: Theirs) -> Act:
    name = their.lead.name
    held = talking.begin_thread(element=element(their), text=f"@{name}?", by=their.realm.members["team"])
    return lambda by: talking.read_mentions(thread=held, by=by)


@way
def suggest(their: Theirs) -> Act:
    held = written(their)
    return lambda by: suggesting.suggest(element=held, passage=(1, 6, held.head), words="Each", by=by)


@way
def accept_suggestion(their: Theirs) -> Act:
    held = suggestion(their)
    return lambda by: suggesting.accept_suggestion(thread=held, by=by)


@way
def refuse_suggestion(their: Theirs) -> Act:
    held = suggestion(their)
    return lambda by: suggesting.refuse_suggestion(thread=held, reason="Not yet.", by=by)


@way
def restore_outline(their: Theirs) -> Act:
    held = element(their)
    outline = [{"key": "theirs", "title": "Theirs", "prompt": "", "example": "", "done": "", "who": ""}]
    return lambda by: setup.restore_outline(element=held, outline=outline, by=by)


@way
def restore_version(their: Theirs) -> Act:
    held = written(their)
    return lambda by: history.restore_version(element=held, version=0, seen=held.head, by=by)


@way
def name_version(their: Theirs) -> Act:
    held = written(their)
    return lambda by: history.name_version(element=held, version=held.head, name="Spring", by=by)


@way
def unname_version(their: Theirs) -> Act:
    held = element(their)
    named = history.name_version(element=held, version=0, name="Begin", by=their.lead)
    return lambda by: history.unname_version(named=named, by=by)
