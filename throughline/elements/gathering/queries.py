"""Named reads of what a community said. Whoever asks has made sure that the person may see the draft."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from throughline.elements.groups import GROUPS
from throughline.elements.models import (
    Cluster,
    Element,
    Entry,
    Item,
    May,
    MissingNote,
    Participant,
    Stage,
    Stance,
)
from throughline.schools.models import Organisation

FIRST, SECOND = 1, 2


@dataclass(slots=True)
class Pile:
    """A cluster with what stands in it; None for what stands in none."""

    cluster: Cluster | None
    entries: list[Entry] = field(default_factory=list)


def _standing(element: Element) -> QuerySet[Entry]:
    rows = Entry.objects.filter(organisation_id=element.organisation_id, element=element)
    return rows.filter(removed_at__isnull=True).order_by("typed_at", "id")


def _removed(element: Element) -> QuerySet[Entry]:
    rows = Entry.objects.filter(organisation_id=element.organisation_id, element=element)
    return rows.filter(removed_at__isnull=False)


def removed_entries(element: Element) -> list[Entry]:
    """What was removed from both rounds, the last one first, with what it stood under. One query."""
    return list(_removed(element).select_related("cluster", "item").order_by("-removed_at", "id"))


def removed_count(element: Element) -> int:
    """How many those are. One query."""
    return _removed(element).count()


def piles_of(element: Element) -> list[Pile]:
    """The first round: what stands in no cluster, then every cluster in order. Two queries."""
    clusters = Cluster.objects.filter(organisation_id=element.organisation_id, element=element)
    piles = {
        cluster.pk: Pile(cluster) for cluster in clusters.select_related("item").order_by("position", "id")
    }
    loose = Pile(None)
    for entry in _standing(element).filter(round=FIRST):
        piles.get(entry.cluster_id, loose).entries.append(
            entry
        ) if entry.cluster_id else loose.entries.append(entry)
    return [loose, *piles.values()]


@dataclass(slots=True)
class Answers:
    """What the second round said to one attribute: (stance in words, its entries), stances without entries left out."""

    item: Item
    stances: list[tuple[str, list[Entry]]]
    counts: str


def answers_of(element: Element, attributes: list[Item]) -> list[Answers]:
    """The second round, attribute by attribute. One query."""
    by_item: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in _standing(element).filter(round=SECOND, item__isnull=False):
        by_item[entry.item_id].append(entry)  # type: ignore[index]
    return [
        Answers(
            item,
            [
                (str(stance.label), found)
                for stance in Stance
                if (found := [each for each in by_item[item.pk] if each.stance == stance.value])
            ],
            counts_in_words(_counted(by_item[item.pk])),
        )
        for item in attributes
    ]


def _counted(entries: list[Entry]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for entry in entries:
        counts[entry.group] += 1
    return counts


def counts_of(entries: list[Entry]) -> dict[str, int]:
    """How many entries each group has."""
    return _counted(entries)


def counts_in_words(counts: dict[str, int]) -> str:
    """How many entries each group has that has any, in words."""
    told = [
        _("%(group)s: %(count)d") % {"group": name, "count": counts[group]}
        for group, name in GROUPS
        if counts.get(group)
    ]
    return " · ".join(told)


def missing_note(element: Element, number: int) -> MissingNote | None:
    """What was written last about who is missing in a round."""
    rows = MissingNote.objects.filter(organisation_id=element.organisation_id, element=element, round=number)
    return rows.select_related("by").order_by("-at", "-id").first()


def groups_in_rounds(organisation: Organisation) -> dict[UUID, set[str]]:
    """The groups of which anything was gathered, by element. One query."""
    rows = Entry.objects.filter(organisation=organisation, removed_at__isnull=True)
    found: dict[UUID, set[str]] = defaultdict(set)
    for element, group in rows.values_list("element", "group").order_by().distinct():
        found[element].add(group)
    return found


def asked_again(members: Collection[UUID]) -> list[Participant]:
    """Invitations of these members to a profile whose second round goes on, and to which they have said nothing. One query."""
    said = Entry.objects.filter(
        organisation=OuterRef("organisation"),
        element=OuterRef("element"),
        round=SECOND,
        removed_at__isnull=True,
    )
    rows = Participant.objects.filter(
        Exists(said),
        ~Exists(said.filter(typed_by=OuterRef("membership"))),
        membership__in=members,
        ended_at__isnull=True,
        may__in=[May.COMMENT, May.WRITE],
        element__stage__in=[Stage.DRAFTING, Stage.PROPOSED, Stage.CONSULTATION],
    )
    return list(rows.select_related("element").order_by("invited_at", "id"))
