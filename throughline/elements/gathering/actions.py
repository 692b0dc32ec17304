"""Verbs of the two rounds: type what was said, group it, agree on attributes, ask again, say who is missing."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.elements.gathering.queries import FIRST, SECOND
from throughline.elements.groups import NAMES, groups_of
from throughline.elements.models import (
    Cluster,
    Element,
    ElementKind,
    Entry,
    Item,
    ItemKind,
    MissingNote,
    Stance,
)
from throughline.elements.policy import STAFF, may_comment, may_write
from throughline.elements.queries import part_of
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

ENTRY_LIMIT, NAME_LIMIT, NOTE_LIMIT = 500, 200, 4_000
MOST_AT_ONCE, MOST_ENTRIES, MOST_CLUSTERS = 300, 5_000, 100


def _held(element: Element, by: Membership) -> Element:
    held = Element.objects.select_for_update(of=("self",)).get(
        pk=element.pk, organisation_id=element.organisation_id
    )
    if held.kind != ElementKind.GRADUATE_PROFILE:
        raise ValidationError(_("The two rounds belong to the Graduate Profile."))
    return held


@transaction.atomic
def add_entries(
    *,
    element: Element,
    texts: Sequence[str],
    group: str,
    by: Membership,
    origin: str = "",
    item: Item | None = None,
    stance: str = "",
) -> list[Entry]:
    """Type what was said, word for word, one text an entry. With an attribute (`item`) and a `stance` it is the second round.

    Those who are no staff speak for their own groups only.
    """
    held = _held(element, by)
    may_comment(part_of(held, by)).enforce()
    said = [line for line in map(clean_line, texts) if line]
    errors = _wrong(held, said, group, origin, by)
    if item is not None and (stance not in Stance.values or not _is_attribute(held, item)):
        errors["stance"] = _("Choose an attribute, and what is said to it.")
    if errors:
        raise ValidationError(errors)
    entries = [
        Entry(
            organisation_id=held.organisation_id,
            element=held,
            round=SECOND if item else FIRST,
            text=line,
            group=group,
            origin=clean_line(origin),
            item=item,
            stance=stance if item else "",
            typed_by=by,
            typed_at=clock.now(),
        )
        for line in said
    ]
    Entry.objects.bulk_create(entries)
    note("element.entries-typed", by=by, subject=held, title=held.title, count=len(entries))
    return entries


def _wrong(element: Element, said: Sequence[str], group: str, origin: str, by: Membership) -> dict[str, str]:
    errors = {}
    own = groups_of(by.roles)
    if group not in NAMES:
        errors["group"] = _("Choose the group that this comes from.")
    elif by.roles.isdisjoint({role.value for role in STAFF}) and group not in own:
        errors["group"] = _("You can add what your own group says.")
    if not said:
        errors["texts"] = _("Type at least one entry.")
    elif len(said) > MOST_AT_ONCE:
        errors["texts"] = _("Type at most %(most)d entries at once.") % {"most": MOST_AT_ONCE}
    elif too_long := next((line for line in said if len(line) > ENTRY_LIMIT), None):
        errors["texts"] = _("One entry is longer than %(most)d characters: “%(begins)s…”") % {
            "most": ENTRY_LIMIT,
            "begins": too_long[:60],
        }
    elif (
        Entry.objects.filter(organisation_id=element.organisation_id, element=element).count() > MOST_ENTRIES
    ):
        errors["texts"] = _("A Graduate Profile can have at most %(most)d entries.") % {"most": MOST_ENTRIES}
    if len(clean_line(origin)) > NAME_LIMIT:
        errors["origin"] = _("Please keep this under %(most)s characters.") % {"most": NAME_LIMIT}
    return errors


def _is_attribute(element: Element, item: Item) -> bool:
    rows = Item.objects.filter(
        organisation_id=element.organisation_id, element=element, kind=ItemKind.ATTRIBUTE
    )
    return rows.filter(pk=item.pk, removed_at=None).exists()


@transaction.atomic
def make_cluster(*, element: Element, title: str, by: Membership) -> Cluster:
    """Begin a cluster: a few words for what several entries say."""
    held = _held(element, by)
    may_write(part_of(held, by)).enforce()
    said = _title(title)
    rows = Cluster.objects.filter(organisation_id=held.organisation_id, element=held)
    if rows.count() >= MOST_CLUSTERS:
        raise ValidationError(
            {"title": _("There can be at most %(most)d clusters.") % {"most": MOST_CLUSTERS}}
        )
    last = rows.aggregate(last=Max("position"))["last"] or 0
    cluster = Cluster.objects.create(
        organisation_id=held.organisation_id, element=held, title=said, position=last + 1, made_by=by
    )
    note("element.cluster-made", by=by, subject=held, title=held.title, name=said)
    return cluster


def _title(title: str) -> str:
    said = clean_line(title)
    if not said or len(said) > NAME_LIMIT:
        raise ValidationError(
            {"title": _("Give it a name of at most %(most)d characters.") % {"most": NAME_LIMIT}}
        )
    return said


def _held_cluster(cluster: Cluster, by: Membership) -> Cluster:
    rows = Cluster.objects.select_for_update(of=("self",)).select_related("element")
    held = rows.get(pk=cluster.pk, organisation_id=cluster.organisation_id)
    may_write(part_of(held.element, by)).enforce()
    return held


@transaction.atomic
def rename_cluster(*, cluster: Cluster, title: str, by: Membership) -> None:
    """Find better words for a cluster."""
    held, said = _held_cluster(cluster, by), _title(title)
    if said != held.title:
        held.title = said
        held.save(update_fields=["title"])
        note("element.cluster-renamed", by=by, subject=held.element, title=held.element.title, name=said)


@transaction.atomic
def drop_cluster(*, cluster: Cluster, by: Membership) -> None:
    """Take a cluster apart: its entries stand in none again, and none is lost."""
    held = _held_cluster(cluster, by)
    Entry.objects.filter(organisation_id=held.organisation_id, cluster=held).update(cluster=None)
    note("element.cluster-dropped", by=by, subject=held.element, title=held.element.title, name=held.title)
    held.delete()


@transaction.atomic
def sort_entries(
    *, element: Element, entries: Collection[UUID], cluster: Cluster | None, by: Membership
) -> int:
    """Put entries of the first round into a cluster, or out of any (None). Answers how many there were."""
    held = _held(element, by)
    may_write(part_of(held, by)).enforce()
    if cluster is not None:
        there = Cluster.objects.filter(organisation_id=held.organisation_id, element=held, pk=cluster.pk)
        if not there.exists():
            raise ValidationError({"to": _("This cluster has been taken apart meanwhile.")})
    rows = Entry.objects.filter(
        organisation_id=held.organisation_id, element=held, round=FIRST, pk__in=entries
    )
    moved = rows.update(cluster=cluster)
    if moved:
        note("element.entries-sorted", by=by, subject=held, title=held.title, count=moved)
    return moved


@transaction.atomic
def remove_entries(*, element: Element, entries: Collection[UUID], by: Membership) -> int:
    """Take out entries that were typed by mistake; they are kept, marked."""
    held = _held(element, by)
    may_write(part_of(held, by)).enforce()
    rows = Entry.objects.filter(organisation_id=held.organisation_id, element=held, pk__in=entries)
    removed = rows.filter(removed_at=None).update(removed_at=clock.now())
    if removed:
        note("element.entries-removed", by=by, subject=held, title=held.title, count=removed)
    return removed


@transaction.atomic
def bring_back_entries(*, element: Element, entries: Collection[UUID], by: Membership) -> int:
    """Take entries back that were removed: each stands where it stood. Answers how many there were."""
    held = _held(element, by)
    may_write(part_of(held, by)).enforce()
    rows = Entry.objects.filter(organisation_id=held.organisation_id, element=held, pk__in=entries)
    back = rows.filter(removed_at__isnull=False).update(removed_at=None)
    if back:
        note("element.entries-back", by=by, subject=held, title=held.title, count=back)
    return back


@transaction.atomic
def agree_cluster(
    *, cluster: Cluster, by: Membership, title: str = "", text: str = "", item: Item | None = None
) -> Item:
    """Agree that a cluster becomes an attribute: a new one with this title and definition, or one that is there (`item`)."""
    held = _held_cluster(cluster, by)
    if item is None:
        words = {"title": title or held.title, "text": text}
        item = add_item(element=held.element, kind=ItemKind.ATTRIBUTE, words=words, by=by)
    elif not _is_attribute(held.element, item):
        raise ValidationError({"item": _("Choose an attribute of this profile.")})
    if held.item_id != item.pk:
        held.item = item
        held.save(update_fields=["item"])
        note("element.cluster-agreed", by=by, subject=held.element, title=held.element.title, name=item.title)
    return item


@transaction.atomic
def reopen_cluster(*, cluster: Cluster, by: Membership) -> None:
    """Take back what a cluster became; the attribute stays until somebody removes it."""
    held = _held_cluster(cluster, by)
    if held.item_id:
        held.item = None
        held.save(update_fields=["item"])
        note(
            "element.cluster-reopened", by=by, subject=held.element, title=held.element.title, name=held.title
        )


@transaction.atomic
def note_missing(*, element: Element, number: int, text: str, by: Membership) -> MissingNote:
    """Say who is missing in round 1 or 2, and what will be done about it."""
    held = _held(element, by)
    may_write(part_of(held, by)).enforce()
    said = clean_text(text)
    if not said or len(said) > NOTE_LIMIT:
        raise ValidationError({"text": _("Write between 1 and %(most)d characters.") % {"most": NOTE_LIMIT}})
    kept = MissingNote.objects.create(
        organisation_id=held.organisation_id,
        element=held,
        round=SECOND if number == SECOND else FIRST,
        text=said,
        by=by,
    )
    note("element.missing-noted", by=by, subject=held, title=held.title)
    return kept
