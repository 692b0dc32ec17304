"""The design elements of an organization in `world`: one of them written, adopted and in force."""

from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from throughline.elements.adopting.actions import Adoption, Seen, adopt
from throughline.elements.adopting.freezing import frozen
from throughline.elements.adopting.queries import road_of
from throughline.elements.bringing.actions import bring_text
from throughline.elements.bringing.taking_in import TakenIn
from throughline.elements.consulting.actions.answering import add_theme, answer_theme, moderate
from throughline.elements.consulting.actions.hearing import Said, comment_from_outside
from throughline.elements.consulting.actions.opening import Call, open_consultation
from throughline.elements.editing.actions import replace_text
from throughline.elements.history.actions import name_version
from throughline.elements.line.actions import show_line
from throughline.elements.models import Edition, Element, ElementKind
from throughline.elements.publishing.actions import Typed, publish_element, translate_edition
from throughline.elements.publishing.units import units_of
from throughline.elements.setup.actions import begin_element
from throughline.elements.talk.actions.suggesting import suggest
from throughline.elements.talk.actions.talking import begin_thread
from throughline.elements.writing.incoming import Read
from throughline.kit import clock
from throughline.schools.models import Membership, Organisation, Role


class Holds(Protocol):
    """What is needed of `world.Realm`."""

    organisation: Organisation
    members: dict[str, Membership]
    ids: dict[str, list[UUID]]

    def keep(self, name: str, *found: UUID) -> None: ...


def paragraphs(*texts: str) -> dict[str, Any]:
    """A text of plain paragraphs."""
    return {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in texts],
    }


def bring_elements(realm: Holds, name: str) -> None:
    """One of the elements that stand there already, written, put to the community, adopted and in force."""
    lead = realm.members[Role.LEAD]
    element = Element.objects.get(organisation=realm.organisation, kind=ElementKind.GRADUATE_PROFILE)
    replace_text(
        element=element, document=paragraphs(f"{name} reasons", f"{name} vision"), seen=element.head, by=lead
    )
    realm.ids["stage"] = ["proposed", "in-force"]  # type: ignore[list-item]
    realm.ids["number"] = [1]  # type: ignore[list-item]
    bring_text(element=element, brought=TakenIn(Read(paragraphs(f"{name} brought text"))), by=lead)
    _asked(realm, element, name, lead)
    adopted(element, name, lead)
    published(realm, name)


def _asked(realm: Holds, element: Element, name: str, lead: Membership) -> None:
    """A consultation with a comment to read, one that was taken in, and a theme with an answer."""
    call = Call(
        clock.today(), clock.today() + timedelta(days=9), f"{name} introduction", (f"{name} question?",)
    )
    held = open_consultation(element=element, call=call, seen=seen_of(element), by=lead).consultation
    theme = add_theme(consultation=held, title=f"{name} theme", by=lead)
    answer_theme(theme=theme, title=theme.title, heard=f"{name} heard", answer=f"{name} did", seen=1, by=lead)
    for number in range(2):
        said = Said(f"{name} comment {number}", "family", f"{name} parent")
        made = comment_from_outside(consultation=held, said=said, address="192.0.2.1")
    moderate(consultation=held, comments=[made.pk], state="taken", theme=theme.pk, by=lead)
    realm.keep("consultation_id", held.pk)
    realm.keep("theme_id", theme.pk)


def seen_of(element: Element) -> Seen:
    """What whoever decides has before them."""
    last, now = road_of(element).last, frozen(element)
    return Seen(last.pk if last else None, now.version, now.digest)


def adopted(element: Element, name: str, lead: Membership) -> None:
    adoption = Adoption(f"{name} board", clock.today(), note=f"{name} note", in_force_on=clock.today())
    adopt(element=element, adoption=adoption, seen=seen_of(element), by=lead)


def published(realm: Holds, name: str) -> None:
    """The edition in force is open to everyone, and its title is translated."""
    lead = realm.members[Role.LEAD]
    edition = Edition.objects.select_related("element").get(organisation=realm.organisation)
    publish_element(element=edition.element, is_open=True, may_be_found=False, by=lead)
    show_line(is_open=True, may_be_found=False, by=lead)
    typed = {units_of(edition)[0].name: Typed(f"{name} en español", None)}
    translate_edition(edition=edition, language="es", typed=typed, by=lead)


def bring_talk(realm: Holds, name: str) -> None:
    """Two conversations and a name, about the element that addresses name."""
    lead = realm.members[Role.LEAD]
    kind = str(realm.ids.setdefault("kind", [ElementKind.CALL_TO_ACTION.value])[0])  # type: ignore[list-item]
    element = Element.objects.filter(organisation=realm.organisation, kind=kind).first() or begin_element(
        kind=kind, title=f"{name} element", language="en", outline=[], by=lead
    )
    words: dict[str, Any] = {"type": "text", "text": f"{name} words that stay"}
    document = {"type": "doc", "content": [{"type": "paragraph", "content": [words]}]}
    replace_text(element=element, document=document, seen=element.head, by=lead)
    element.refresh_from_db()
    passage = (1, 1 + len(name), element.head)
    said = begin_thread(element=element, text=f"{name} comment", passage=passage, by=lead)
    other = suggest(element=element, passage=passage, words=f"{name} other words", by=lead)
    named = name_version(element=element, version=element.head, name=f"{name} spring", by=lead)
    realm.keep("thread_id", said.pk, other.pk)
    realm.keep("remark_id", said.remarks.get().pk)
    realm.keep("named_id", named.pk)
    realm.ids["version"] = [element.head]  # type: ignore[list-item]
