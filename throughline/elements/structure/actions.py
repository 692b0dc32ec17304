"""Verbs on what is structured in an element: add, change, move, remove, bring back, tie. Nothing written is ever lost."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.elements.models import Element, Item, ItemRevision, Tie
from throughline.elements.policy import may_write
from throughline.elements.queries import part_of
from throughline.elements.structure.fields import Kind
from throughline.elements.structure.kinds import KINDS
from throughline.elements.structure.restoring import keep_words, restored
from throughline.elements.structure.snapshots import Differences, Row, differences, items_now
from throughline.elements.structure.words import cleaned, words_of
from throughline.frameworks.models import Competency
from throughline.frameworks.queries import versions_visible_to
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership

MOST_ITEMS = 2_000


class Meanwhile(Exception):
    """Somebody changed the item first; `item` is how it is now."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.pk)
        self.item = item


def _held_element(element: Element, by: Membership) -> Element:
    """The element, held until the transaction ends, so that positions and ties stay in order."""
    held = Element.objects.select_for_update(of=("self",)).get(
        pk=element.pk, organisation=element.organisation_id
    )
    may_write(part_of(held, by)).enforce()
    return held


def _held(item: Item, by: Membership) -> Item:
    rows = Item.objects.select_for_update(of=("self",)).select_related("element")
    held = rows.get(pk=item.pk, organisation=item.organisation_id)
    may_write(part_of(held.element, by)).enforce()
    return held


def _kind_in(element: Element, kind: str) -> Kind:
    known = KINDS.get(kind)
    if known is None or known.element != element.kind:
        raise ValidationError({"kind": _("This element has no items of this kind.")})
    return known


@transaction.atomic
def add_item(
    *, element: Element, kind: str, words: Mapping[str, str], by: Membership, parent: Item | None = None
) -> Item:
    """Add an item at the end of its kind. `words` are its fields by name (`structure.kinds`), among them `title`."""
    held = _held_element(element, by)
    known = _kind_in(held, kind)
    if (parent.kind if parent else None) != known.parent:
        raise ValidationError({"parent": _("Choose what it belongs to.")})
    if parent is not None:
        parent = Item.objects.filter(pk=parent.pk, organisation=held.organisation_id, element=held).first()
        if parent is None or parent.removed_at:
            raise ValidationError({"parent": _("What it belongs to has been removed.")})
    rows = Item.objects.filter(organisation_id=held.organisation_id, element=held)
    if rows.count() >= MOST_ITEMS:
        said = _("An element can have at most %(most)d items. Remove some first.")
        raise ValidationError(said % {"most": MOST_ITEMS})
    last = rows.filter(kind=kind, parent=parent).aggregate(last=Max("position"))["last"]
    item = Item(
        organisation_id=held.organisation_id, element=held, kind=kind, parent=parent, position=(last or 0) + 1
    )
    keep_words(item, cleaned(known, words), by)
    note("element.item-added", by=by, subject=held, title=held.title, name=item.title)
    return item


@transaction.atomic
def change_item(*, item: Item, words: Mapping[str, str], seen: int, by: Membership) -> Item:
    """Change what an item says. Raises `Meanwhile` when somebody changed it since revision `seen`."""
    held = _held(item, by)
    fresh = cleaned(KINDS[held.kind], words)
    if fresh == words_of(held):
        return held
    if held.revision != seen or held.removed_at:
        raise Meanwhile(held)
    held.revision += 1
    keep_words(held, fresh, by)
    note("element.item-changed", by=by, subject=held.element, title=held.element.title, name=held.title)
    return held


@transaction.atomic
def restore_revision(*, item: Item, revision: int, by: Membership) -> Item:
    """Let an item say again what it said after its change number `revision`; what it says now stays in its history."""
    old = ItemRevision.objects.filter(item=item, organisation=item.organisation_id, revision=revision).first()
    if old is None:
        raise ValidationError(_("There is no such version."))
    held = _held(item, by)
    return change_item(item=held, words=words_of(old, kind=held.kind), seen=held.revision, by=by)


@transaction.atomic
def restore_items(*, element: Element, rows: Iterable[Row], by: Membership) -> Differences:
    """Let the items be what they were at another moment (`snapshots`). What came since is removed and can be brought
    back; what each says now stays in its history. Rows that know no ties leave them as they are."""
    held = _held_element(element, by)
    then = list(rows)
    found = differences(items_now(held), then)
    if found:
        restored(held, then, by)
        note("element.items-restored", by=by, subject=held, title=held.title)
    return found


@transaction.atomic
def remove_item(*, item: Item, by: Membership) -> None:
    """Take an item out, with what belongs to it; it can be brought back."""
    held = _held(item, by)
    if held.removed_at is None:
        held.removed_at = clock.now()
        held.save(update_fields=["removed_at"])
        note("element.item-removed", by=by, subject=held.element, title=held.element.title, name=held.title)


@transaction.atomic
def bring_back_item(*, item: Item, by: Membership) -> None:
    """Put a removed item back in its place, with what belongs to it."""
    held = _held(item, by)
    if held.removed_at is not None:
        held.removed_at = None
        held.save(update_fields=["removed_at"])
        note("element.item-back", by=by, subject=held.element, title=held.element.title, name=held.title)


@transaction.atomic
def move_item(*, item: Item, up: bool, by: Membership) -> Item:
    """Change places with the item before it or after it, among those of its kind under the same parent."""
    _held_element(item.element, by)
    held = _held(item, by)
    rows = Item.objects.filter(
        organisation_id=held.organisation_id,
        element=held.element_id,
        kind=held.kind,
        parent=held.parent_id,
        removed_at=None,
    )
    order = list(rows.order_by("position", "id"))
    at = next((place for place, each in enumerate(order) if each.pk == held.pk), -1)
    to = at - 1 if up else at + 1
    if at < 0 or not 0 <= to < len(order):
        return held
    order[at], order[to] = order[to], order[at]
    for place, each in enumerate(order, start=1):
        each.position = place
    Item.objects.bulk_update(order, ["position"])
    note("element.item-moved", by=by, subject=held.element, title=held.element.title, name=held.title)
    return order[to]


@transaction.atomic
def tie(*, item: Item, by: Membership, to: Item | None = None, competency: UUID | None = None) -> None:
    """Say that an item serves another one, or a competency of the journey. Saying it twice changes nothing."""
    held = _held(item, by)
    if to is not None:
        _check_targets(held, [to.pk])
        _, made = Tie.objects.get_or_create(
            organisation_id=held.organisation_id, item=held, to_id=to.pk, defaults={"made_by": by}
        )
    else:
        _check_competencies(held, {competency} if competency else set())
        _, made = Tie.objects.get_or_create(
            organisation_id=held.organisation_id,
            item=held,
            competency_id=competency,
            to=None,
            defaults={"made_by": by},
        )
    if made:
        _told_ties(held, by)


@transaction.atomic
def untie(*, item: Item, by: Membership, to: Item | None = None, competency: UUID | None = None) -> None:
    """Take back that an item serves another one or a competency."""
    held = _held(item, by)
    if to is None and competency is None:
        return
    rows = Tie.objects.filter(organisation_id=held.organisation_id, item=held)
    gone, _rows = (rows.filter(to=to) if to else rows.filter(competency=competency)).delete()
    if gone:
        _told_ties(held, by)


@transaction.atomic
def choose_ties(*, item: Item, to: Collection[UUID], competencies: Collection[UUID], by: Membership) -> None:
    """Say everything that an item serves at once: these items and these competencies, and nothing else."""
    held = _held(item, by)
    _check_targets(held, to)
    own = Tie.objects.filter(organisation_id=held.organisation_id, item=held)
    standing = set(own.filter(competency__isnull=False).values_list("competency_id", flat=True))
    _check_competencies(held, set(competencies) - standing)
    before = set(own.filter(to__isnull=False).values_list("to_id", flat=True))
    dropped = own.filter(to__in=before - set(to)) | own.filter(competency__in=standing - set(competencies))
    gone, _rows = dropped.delete()
    new = [
        *(Tie(organisation_id=held.organisation_id, item=held, to_id=each, made_by=by) for each in set(to) - before),
        *(
            Tie(organisation_id=held.organisation_id, item=held, competency_id=each, made_by=by)
            for each in set(competencies) - standing
        ),
    ]  # fmt: skip
    Tie.objects.bulk_create(new)
    if gone or new:
        _told_ties(held, by)


@transaction.atomic
def choose_serving(*, item: Item, serving: Collection[UUID], by: Membership) -> None:
    """Say from the other end which items serve this one. Each of them has to be one that `by` may change."""
    there = Item.objects.select_related("element").get(pk=item.pk, organisation=item.organisation_id)
    may_write(part_of(there.element, by)).enforce()
    kinds = [each.kind for each in KINDS.values() if there.kind in each.ties]
    rows = Item.objects.filter(organisation_id=there.organisation_id, kind__in=kinds, removed_at=None)
    known = {each.pk: each for each in rows.select_related("element")}
    if not set(serving) <= known.keys():
        raise ValidationError({"serving": _("One of these items has been removed meanwhile.")})
    own = Tie.objects.filter(organisation_id=there.organisation_id, to=there)
    before = set(own.filter(item__removed_at=None).values_list("item_id", flat=True))
    for key in before - set(serving):
        untie(item=known[key], to=there, by=by)
    for key in set(serving) - before:
        tie(item=known[key], to=there, by=by)


def _check_targets(item: Item, to: Iterable[UUID]) -> None:
    wanted = set(to)
    kinds = KINDS[item.kind].ties
    found = Item.objects.filter(organisation_id=item.organisation_id, pk__in=wanted, kind__in=kinds)
    if found.count() < len(wanted):
        raise ValidationError({"to": _("It cannot serve one of these items.")})


def _check_competencies(item: Item, wanted: Collection[UUID]) -> None:
    found = Competency.objects.filter(
        pk__in=wanted, version__in=versions_visible_to(item.organisation).order_by()
    )
    if None in wanted or found.count() < len(wanted):
        raise ValidationError(
            {"competencies": _("One of these competencies is not open to your organization.")}
        )


def _told_ties(item: Item, by: Membership) -> None:
    note("element.item-tied", by=by, subject=item.element, title=item.element.title, name=item.title)
