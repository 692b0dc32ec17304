"""Beginning an element, changing its outline, and who may take part in it."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.elements.groups import NAMES
from throughline.elements.models import (
    Element,
    ElementKind,
    May,
    OutlineRevision,
    Participant,
    Stage,
    StageChange,
)
from throughline.elements.policy import may_begin, may_invite, may_write
from throughline.elements.queries import part_of
from throughline.elements.setup.registry import Outline, Section, outlined
from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

TITLE_LIMIT, TEXT_LIMIT, MOST_SECTIONS = 200, 2_000, 40
SAID = ("title", "prompt", "example", "done", "who")
_TOO_LONG = gettext_lazy("Please keep this under %(most)s characters.")


@transaction.atomic
def begin_element(
    *, kind: str, title: str, language: str, outline: list[dict[str, str]], by: Membership
) -> Element:
    """Begin one of the five with a copy of its template. Raises `ValidationError` when it has begun already."""
    may_begin(by).enforce()
    if kind not in ElementKind.values:
        raise ValidationError({"kind": _("Choose one of the five elements.")})
    if not clean_line(title):
        raise ValidationError({"title": _("Give it a title.")})
    if len(clean_line(title)) > TITLE_LIMIT:
        raise ValidationError({"title": _TOO_LONG % {"most": TITLE_LIMIT}})
    try:
        with transaction.atomic():
            element = Element.objects.create(
                organisation_id=by.organisation_id,
                kind=kind,
                title=clean_line(title),
                language=language,
                outline=outline,
                begun_by=by,
            )
    except IntegrityError:
        raise ValidationError({"kind": _("Somebody has begun this element already.")}) from None
    StageChange.objects.create(
        organisation_id=by.organisation_id, element=element, stage=Stage.DRAFTING, on=clock.today(), by=by
    )
    note("element.begun", by=by, subject=element, title=element.title)
    _remember(element, outline, by)
    if outline:
        for follow in outlined:
            follow(element, [], by)
    return element


@transaction.atomic
def invite_participant(*, element: Element, member: Membership, may: str, by: Membership) -> Participant:
    """Let someone who is no staff take part in this one element; a second time changes what they may."""
    may_invite(element, by).enforce()
    if may not in May.values:
        raise ValidationError({"may": _("Choose what they may do.")})
    if member.organisation_id != element.organisation_id or member.left_at:
        raise ValidationError({"member": _("This person doesn’t belong to this organization.")})
    participant, made = Participant.objects.get_or_create(
        organisation_id=element.organisation_id,
        element=element,
        membership=member,
        ended_at=None,
        defaults={"may": may, "invited_by": by},
    )
    if participant.may != may:
        participant.may = may
        participant.save(update_fields=["may"])
    note(
        "element.invited" if made else "element.may-changed",
        by=by,
        subject=element,
        title=element.title,
        name=member.name,
    )
    return participant


@transaction.atomic
def end_participation(*, participant: Participant, by: Membership) -> None:
    """Take an invitation back; what the person wrote stays."""
    may_invite(participant.element, by).enforce()
    held = (
        Participant.objects.select_for_update().select_related("element", "membership").get(pk=participant.pk)
    )
    if held.ended_at:
        return
    held.ended_at = clock.now()
    held.save(update_fields=["ended_at"])
    note(
        "element.uninvited", by=by, subject=held.element, title=held.element.title, name=held.membership.name
    )


class SectionChanged(ValidationError):
    """Somebody changed the section first; `section` is how it is now."""

    def __init__(self, section: Section) -> None:
        super().__init__(_("Somebody changed this section while you were writing. Nothing is lost."))
        self.section = section


def _change_outline(element: Element, by: Membership, change: Callable[[Outline], None]) -> Element:
    """Change the outline of the element as it is now; the text follows."""
    held = Element.objects.select_for_update(of=("self",)).get(
        pk=element.pk, organisation_id=element.organisation_id
    )
    may_write(part_of(held, by)).enforce()
    before = [dict(each) for each in held.outline]
    change(held.outline)
    if held.outline == before:
        return held
    held.save(update_fields=["outline"])
    note("element.outline-changed", by=by, subject=held, title=held.title)
    for follow in outlined:
        follow(held, before, by)
    # After the text has followed: what stood beside a version is what was written down before it ended.
    _remember(held, held.outline, by)
    return held


def _remember(element: Element, outline: Outline, by: Membership) -> None:
    OutlineRevision.objects.create(
        organisation_id=element.organisation_id, element=element, outline=outline, by=by, at=clock.now()
    )


@transaction.atomic
def restore_outline(*, element: Element, outline: list[dict[str, str]], by: Membership) -> None:
    """Let the sections be what they were. The text is not changed: whoever restores it brings its headings along."""
    held = Element.objects.select_for_update(of=("self",)).get(
        pk=element.pk, organisation_id=element.organisation_id
    )
    may_write(part_of(held, by)).enforce()
    if held.outline == outline:
        return
    held.outline = outline
    held.save(update_fields=["outline"])
    _remember(held, outline, by)
    note("element.outline-changed", by=by, subject=held, title=held.title)


def _section_words(words: Mapping[str, str]) -> Section:
    said = {key: clean_text(str(words.get(key) or "")) for key in SAID}
    said["title"] = clean_line(said["title"])
    said["who"] = " ".join(each for each in said["who"].split() if each in NAMES)
    errors = {
        key: _TOO_LONG % {"most": most}
        for key, words in said.items()
        if len(words) > (most := TITLE_LIMIT if key == "title" else TEXT_LIMIT)
    }
    if not said["title"]:
        errors["title"] = _("Give the section a title.")
    if errors:
        raise ValidationError(errors)
    return said


def _found(outline: Outline, key: str) -> Section:
    for each in outline:
        if each["key"] == key:
            return each
    raise ValidationError(_("This section has been removed."))


@transaction.atomic
def add_section(*, element: Element, words: Mapping[str, str], by: Membership) -> str:
    """Add a section at the end of an element's outline, with a heading in its text. Answers its key."""
    said, taken = _section_words(words), {each["key"] for each in element.outline}

    def add(outline: Outline) -> None:
        if len(outline) >= MOST_SECTIONS:
            raise ValidationError(
                _("An element can have at most %(most)d sections.") % {"most": MOST_SECTIONS}
            )
        taken.update(each["key"] for each in outline)
        outline.append({"key": key_for(said["title"], taken), **said})

    return str(_change_outline(element, by, add).outline[-1]["key"])


def key_for(title: str, taken: set[str]) -> str:
    """A short name for a section that no other one has."""
    stem = slugify(title)[:40].strip("-") or "section"
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return key


@transaction.atomic
def change_section(
    *, element: Element, key: str, words: Mapping[str, str], seen: Mapping[str, str], by: Membership
) -> None:
    """Change a section's title, prompt, example, what *done* means, who must be in it. `seen` is what it said before.

    Raises `SectionChanged` when it says something else by now.
    """
    said = _section_words(words)

    def change(outline: Outline) -> None:
        section = _found(outline, key)
        if any(section.get(name, "") != seen.get(name, "") for name in SAID):
            raise SectionChanged(section)
        section.update(said)

    _change_outline(element, by, change)


@transaction.atomic
def move_section(*, element: Element, key: str, up: bool, by: Membership) -> None:
    """Change places with the section before it or after it; what is written in them moves along."""

    def move(outline: Outline) -> None:
        at = outline.index(_found(outline, key))
        to = at - 1 if up else at + 1
        if 0 <= to < len(outline):
            outline[at], outline[to] = outline[to], outline[at]

    _change_outline(element, by, move)


@transaction.atomic
def remove_section(*, element: Element, key: str, by: Membership) -> None:
    """Take a section out of the outline. What was written in it stays in the text, under its heading."""

    def remove(outline: Outline) -> None:
        outline.remove(_found(outline, key))

    _change_outline(element, by, remove)


@transaction.atomic
def rename_element(*, element: Element, title: str, by: Membership) -> None:
    """Give an element another title."""
    may_begin(by).enforce()
    held = Element.objects.select_for_update(of=("self",)).get(
        pk=element.pk, organisation_id=by.organisation_id
    )
    said = clean_line(title)
    if not said or len(said) > TITLE_LIMIT:
        raise ValidationError(
            {"title": _("Give it a title of at most %(most)d characters.") % {"most": TITLE_LIMIT}}
        )
    if said != held.title:
        held.title = said
        held.save(update_fields=["title"])
        note("element.renamed", by=by, subject=held, title=said)
