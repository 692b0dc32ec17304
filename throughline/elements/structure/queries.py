"""Named reads of items and ties. Whoever asks has made sure that the person may see the draft."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db.models import F, Q, QuerySet

from throughline.elements.models import Element, Item, ItemRevision, Tie
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.records.models import Record
from throughline.schools.models import Organisation

JOURNEY_FRAMEWORK = "journeys-to-mastery-learning"


@dataclass(slots=True)
class Node:
    """An item and what belongs to it, in order."""

    item: Item
    children: list["Node"] = field(default_factory=list)

    def of(self, kind: str) -> list["Node"]:
        """Its children of one kind."""
        return [each for each in self.children if each.item.kind == kind]


def in_order(rows: Iterable[Item]) -> list[Node]:
    """Items as trees, in the order given. What belongs to an item that is not among them is left out."""
    found = {item.pk: Node(item) for item in rows}
    top = []
    for node in found.values():
        if node.item.parent_id is None:
            top.append(node)
        elif node.item.parent_id in found:  # whatever belongs to a removed item is removed with it
            found[node.item.parent_id].children.append(node)
    return top


def _standing(organisation_id: UUID) -> QuerySet[Item]:
    rows = Item.objects.filter(organisation_id=organisation_id, removed_at__isnull=True)
    return rows.order_by("position", "id")


def items_of(element: Element) -> list[Node]:
    """Everything that stands in an element, as a tree in order. One query."""
    return in_order(_standing(element.organisation_id).filter(element=element))


def items_by_kind(organisation: Organisation) -> dict[str, list[Node]]:
    """Everything that stands in the elements of an organisation, by the kind of element. One query."""
    rows: dict[str, list[Item]] = defaultdict(list)
    for item in _standing(organisation.pk).annotate(of=F("element__kind")):
        rows[cast("Any", item).of].append(item)
    return {kind: in_order(found) for kind, found in rows.items()}


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, each before what belongs to it."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def ties_of(organisation: Organisation) -> list[Tie]:
    """Every tie between what stands, and from what stands to competencies. One query."""
    rows = Tie.objects.filter(organisation=organisation, item__removed_at__isnull=True)
    return list(rows.filter(Q(to__isnull=True) | Q(to__removed_at__isnull=True)).order_by("made_at", "id"))


def targets_of(element: Element, kinds: Iterable[str]) -> list[Item]:
    """What items of an element may serve: everything of these kinds in the organisation, in order. One query."""
    return list(_standing(element.organisation_id).filter(kind__in=list(kinds)).select_related("element"))


def removed_in(element: Element) -> list[Item]:
    """What was removed on its own (not with what it belonged to), the last one first."""
    rows = Item.objects.filter(organisation_id=element.organisation_id, element=element)
    rows = rows.filter(removed_at__isnull=False)
    return list(rows.filter(Q(parent=None) | Q(parent__removed_at=None)).order_by("-removed_at"))


def revisions_of(item: Item) -> list[ItemRevision]:
    """What an item said after each change, the last one first."""
    return list(item.revisions.select_related("by").order_by("-revision"))


def journey_tree(organisation: Organisation) -> Tree | None:
    """The framework that the school's own journey follows; the shared one before a journey has begun. Two queries at most."""
    own = Record.objects.filter(organisation=organisation, group=None, learner=None).order_by("-started_at")
    held = own.values_list("version_id", flat=True).first()
    if held is None:
        shared = versions_visible_to(organisation).filter(
            framework__owner=None, framework__code=JOURNEY_FRAMEWORK
        )
        held = shared.order_by("-published_at", "-pk").values_list("pk", flat=True).first()
    return tree(held) if held else None


def competencies_tied(organisation: Organisation, ties: Iterable[Tie]) -> dict[UUID, CompetencyItem]:
    """The competencies that ties lead to, in the language in force, whatever version they belong to."""
    wanted = {tie.competency_id for tie in ties if tie.competency_id}
    if not wanted:
        return {}
    known = journey_tree(organisation)
    found = {key: each for key, each in known.by_id.items() if key in wanted} if known else {}
    if len(found) < len(wanted):
        versions = FrameworkVersion.objects.filter(competencies__in=wanted - found.keys()).distinct()
        for version_id in versions.values_list("pk", flat=True):
            found |= {key: each for key, each in tree(version_id).by_id.items() if key in wanted}
    return found


def said_before(element: Element, kind: str, key: str) -> list[str]:
    """What other items of one kind say in a field, to be offered. One query."""
    rows = _standing(element.organisation_id).filter(element=element, kind=kind)
    return [said for said in rows.values_list(f"data__{key}", flat=True) if said]
