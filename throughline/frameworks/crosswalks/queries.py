"""Crosswalks as people read them: which competencies of two versions stand to each other, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.frameworks.models import Crosswalk, CrosswalkLink
from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.frameworks.versions.lineage import carried, line_of
from throughline.kit.prepared import prepared
from throughline.schools.models import Organisation

Relation = CrosswalkLink.Relation


def crosswalks_visible_to(organisation: Organisation) -> QuerySet[Crosswalk]:
    """Those that come with the product and the organisation's own."""
    return (
        Crosswalk.objects.filter(Q(owner__isnull=True) | Q(owner=organisation))
        .select_related("left", "right")
        .order_by("owner", "title", "id")
    )


def crosswalks_of(version_id: UUID, organisation: Organisation) -> list[Crosswalk]:
    """Those that an organization sees and that say something about this version, with their links. Two queries."""
    frameworks = dict.fromkeys(each.framework_id for each in line_of(version_id))
    return _crosswalks_of(tuple(frameworks), organisation.pk)


@prepared
def _crosswalks_of(frameworks: tuple[UUID, ...], organisation: UUID) -> QuerySet[Crosswalk]:
    visible = crosswalks_visible_to(Organisation(pk=organisation))
    links = CrosswalkLink.objects.order_by("left_code", "right_code", "id")
    found = visible.filter(Q(left__in=frameworks) | Q(right__in=frameworks))
    return found.prefetch_related(Prefetch("links", links))


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: a competency as it was called in one version of a framework."""

    framework_id: UUID
    number: str
    code: str

    def in_version(self, version_id: UUID) -> frozenset[str]:
        """The codes under which it goes on in that version."""
        return carried(self.framework_id, self.number, self.code, version_id)


@dataclass(frozen=True, slots=True)
class Way:
    """A link as seen from one of its ends: `here` is near, `there` far, `words` say how here stands to there."""

    crosswalk: Crosswalk
    link_id: UUID
    here: End
    there: End
    words: str
    note: str


def ways_of(crosswalk: Crosswalk, *, from_right: bool = False) -> list[Way]:
    """Every link of a crosswalk (with its links at hand), seen from its left or its right framework."""
    found = []
    for link in crosswalk.links.all():
        left = End(crosswalk.left_id, link.left_number, link.left_code)
        right = End(crosswalk.right_id, link.right_number, link.right_code)
        here, there = (right, left) if from_right else (left, right)
        words = relation_in_words(link.relation, from_right)
        found.append(Way(crosswalk, link.pk, here, there, words, link.note))
    return found


def relation_in_words(relation: str, from_right: bool = False) -> str:
    """How the near one stands to the far one."""
    if relation == Relation.PART and from_right:
        return _("includes")
    return str(Relation(relation).label)


def ways_from(version_id: UUID, crosswalks: Iterable[Crosswalk]) -> dict[str, list[Way]]:
    """For each competency code of the version the links that lead away from it."""
    frameworks = {each.framework_id for each in line_of(version_id)}
    found: dict[str, list[Way]] = {}
    for crosswalk in crosswalks:
        for from_right, side in ((False, crosswalk.left_id), (True, crosswalk.right_id)):
            if side in frameworks:
                for way in ways_of(crosswalk, from_right=from_right):
                    for code in way.here.in_version(version_id):
                        found.setdefault(code, []).append(way)
    return found


@dataclass(frozen=True, slots=True)
class Pair:
    """A link between two competencies, ready for a page."""

    link_id: UUID
    left: CompetencyItem
    right: CompetencyItem
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """A whole crosswalk between two versions. `lost` counts links that have no place in them."""

    pairs: list[Pair]
    lost: list[CrosswalkLink]


def told(crosswalk: Crosswalk, left: Tree, right: Tree) -> Told:
    """Every pair in the order of the left framework."""
    lefts, rights = by_code(left), by_code(right)
    order = {each.id: place for place, each in enumerate(left.competencies)}
    pairs: dict[tuple[UUID, UUID], Pair] = {}
    lost = []
    links = {link.pk: link for link in crosswalk.links.all()}
    for way in ways_of(crosswalk):
        near = [lefts[code] for code in way.here.in_version(left.version_id) if code in lefts]
        far = [rights[code] for code in way.there.in_version(right.version_id) if code in rights]
        if not near or not far:
            lost.append(links[way.link_id])
        for one in near:
            for other in far:
                pairs[(one.id, other.id)] = Pair(way.link_id, one, other, way.words, way.note)
    return Told(sorted(pairs.values(), key=lambda pair: (order[pair.left.id], pair.right.number)), lost)


def by_code(whole: Tree) -> dict[str, CompetencyItem]:
    """The competencies of a tree by code."""
    return {each.code: each for each in whole.competencies}


def names_of(whole: Tree) -> dict[str, str]:
    """The code for each word that may name a competency: its code, its source's code, its name; in small letters."""
    known: dict[str, str] = {}
    for code, source in whole.content.get("source_codes", {}).items():
        known[str(source).casefold()] = code
    for each in whole.competencies:
        known.setdefault(each.name.casefold(), each.code)
    known |= {each.code.casefold(): each.code for each in whole.competencies}
    return known


def said_of(crosswalk: Crosswalk) -> dict[str, str]:
    """Title, note and source in the reader's language, where they come with the product in it."""
    texts = crosswalk.texts.get((get_language() or "en").split("-")[0], {})
    return {
        "title": texts.get("title") or crosswalk.title,
        "note": texts.get("note") or crosswalk.note,
        "source": texts.get("source") or crosswalk.source,
    }
