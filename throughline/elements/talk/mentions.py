"""Calling somebody by name: whom a remark means, and the letter that tells them."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from throughline.elements.models import Element, Mention, Remark, Thread
from throughline.elements.talk.queries import people_of
from throughline.people.letters import queue_letter
from throughline.schools.models import Membership

MOST = 20  # people called in one remark


def named_in(text: str, people: list[Membership]) -> list[Membership]:
    """Whom `@Name` means: the longest name that fits, or a first name that only one of them has."""
    folded, found = text.casefold(), []
    known: dict[str, list[Membership]] = {}
    for person in people:
        known.setdefault(person.name.split(" ")[0].casefold(), []).append(person)
    names = {first: them[0] for first, them in known.items() if len(them) == 1}
    for person in people:
        names[person.name.casefold()] = person
    longest = sorted(names, key=len, reverse=True)
    at = folded.find("@")
    while at >= 0:
        rest = folded[at + 1 :]
        fits = next((name for name in longest if name and _begins(rest, name)), None)
        if fits is not None and names[fits] not in found:
            found.append(names[fits])
        at = folded.find("@", at + 1)
    return found[:MOST]


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def call_by_name(remark: Remark, thread: Thread, element: Element) -> None:
    """Keep whom a remark mentions and write to those who did not know yet; nobody hears from themselves."""
    if "@" not in remark.text:
        return
    for member in named_in(remark.text, people_of(element)):
        if member.pk == remark.by_id:
            continue
        _mention, made = Mention.objects.get_or_create(
            organisation_id=element.organisation_id, remark=remark, member=member
        )
        if made:
            _write_to(member, remark, thread, element)


def _write_to(member: Membership, remark: Remark, thread: Thread, element: Element) -> None:
    language = member.person.language or member.organisation.language
    where = {"school": member.organisation.slug, "kind": element.kind, "thread_id": thread.pk}
    with translation.override(language):
        context: dict[str, object] = {
            "name": member.name,
            "by": remark.by.name,
            "title": element.title,
            "link": settings.SITE_ADDRESS + reverse("elements:thread", kwargs=where),
        }
    queue_letter(
        "elements/letters/mention",
        to=member.person.email,
        context=context,
        language=language,
        key=f"mention:{remark.pk}:{member.pk}",
        organisation_id=member.organisation_id,
    )
