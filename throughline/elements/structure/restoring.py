"""Writes down what items say, each change beside those before it, and makes them again what they were. No permission here."""

from collections.abc import Mapping
from uuid import UUID

from throughline.elements.models import Element, Item, ItemRevision, Tie
from throughline.elements.structure.fields import OWN
from throughline.elements.structure.snapshots import Row, standing
from throughline.frameworks.models import Competency
from throughline.frameworks.queries import versions_visible_to
from throughline.kit import clock
from throughline.schools.models import Membership


def keep_words(item: Item, words: Mapping[str, str], by: Membership) -> None:
    """Let an item say this, as its revision of that number."""
    item.title, item.text = words["title"], words.get("text", "")
    item.data = {key: value for key, value in words.items() if key not in OWN and value}
    item.changed_by, item.changed_at = by, clock.now()
    item.save()
    ItemRevision.objects.create(
        organisation_id=item.organisation_id,
        item=item,
        revision=item.revision,
        title=item.title,
        text=item.text,
        data=item.data,
        by=by,
        at=item.changed_at,
    )


def restored(element: Element, then: list[Row], by: Membership) -> None:
    """The items of an element become what `then` says of them: words, place, ties, and which of them stand."""
    here = {"organisation_id": element.organisation_id}
    items = {str(each.pk): each for each in Item.objects.filter(element=element, **here).select_for_update()}
    wanted = {row["id"]: row for row in then}
    _take_out(items, wanted)
    moved = []
    for place, (key, row) in enumerate(wanted.items(), start=1):
        item = items.get(key)
        if item is None:
            continue
        item.removed_at = None
        item.position = row.get("position", place)
        if (item.title, item.text, item.data) == (row["title"], row["text"], row["data"]):
            moved.append(item)
        else:
            item.revision += 1
            keep_words(item, {**row["data"], "title": row["title"], "text": row["text"]}, by)
    Item.objects.bulk_update(moved, ["removed_at", "position"], batch_size=500)
    _retie(element, [row for row in then if "serves" in row and row["id"] in items], by)


def _take_out(items: dict[str, Item], wanted: Mapping[str, Row]) -> None:
    """What stands and did not: on its own, unless what it belongs to goes as well and takes it along."""
    there = standing(each for each in items.values() if each.removed_at is None)
    going = {each.pk for each in there if str(each.pk) not in wanted}
    for each in there:
        if each.pk in going and each.parent_id not in going:
            each.removed_at = clock.now()
            each.save(update_fields=["removed_at"])


def _retie(element: Element, rows: list[Row], by: Membership) -> None:
    """The ties of these items, to what there is still: items of the organization, competencies that are open to it."""
    here = {"organisation_id": element.organisation_id}
    wanted = {(row["id"], to, None) for row in rows for to in row["serves"]}
    wanted |= {(row["id"], None, to) for row in rows for to in row["competencies"]}
    own = Tie.objects.filter(item__in=[row["id"] for row in rows], **here)
    before = {
        (
            str(each.item_id),
            str(each.to_id) if each.to_id else None,
            str(each.competency_id) if each.competency_id else None,
        ): each.pk
        for each in own
    }
    own.filter(pk__in=[key for tie, key in before.items() if tie not in wanted]).delete()
    new = wanted - before.keys()
    targets = Item.objects.filter(pk__in=[to for _item, to, _other in new if to], **here)
    open_to = Competency.objects.filter(
        pk__in=[to for _item, _other, to in new if to],
        version__in=versions_visible_to(element.organisation).order_by(),
    )
    known = {str(key) for rows in (targets, open_to) for key in rows.values_list("pk", flat=True)}
    Tie.objects.bulk_create(
        Tie(
            item_id=UUID(item),
            to_id=UUID(to) if to else None,
            competency_id=UUID(competency) if competency else None,
            made_by=by,
            **here,
        )
        for item, to, competency in sorted(new, key=str)
        if (to or competency) in known
    )
