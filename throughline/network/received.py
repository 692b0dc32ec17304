"""What schools share with a district or network, read into values that stand side by side. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from throughline.frameworks.models import FrameworkVersion, ItemFate
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Snapshot
from throughline.network import district
from throughline.network.district import Fate, Matrix, Picture, Road, State, States, alphabetical, by_name
from throughline.network.models import Share
from throughline.network.queries import received_by
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A group’s journey that a school shares: named, not set beside anything."""

    school: str
    group: str
    share_id: UUID


@dataclass(frozen=True, slots=True)
class Received:
    """Everything that is shared with an organisation now."""

    matrices: tuple[Matrix, ...]
    groups: tuple[OfGroup, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """How versions of the same frameworks came from one another, newest first."""

    versions: tuple[UUID, ...]
    before: Mapping[UUID, UUID]
    fates: Mapping[UUID, list[Fate]]

    def road(self, start: UUID, end: UUID) -> Road | None:
        """`district.road` within this family, forwards or back."""
        way = district.road(start, end, self.before, self.fates)
        if way is not None or (back := district.road(end, start, self.before, self.fates)) is None:
            return way
        return {new: old for old, new in back.items()}


def family_of(versions: Iterable[UUID]) -> Family:
    """All versions of the frameworks to which these belong. Two queries."""
    found = list(
        FrameworkVersion.objects.filter(framework__versions__in=list(versions))
        .distinct()
        .order_by("-published_at", "-pk")
        .values_list("pk", "supersedes_id")
    )
    ids = [pk for pk, _before in found]
    fates: dict[UUID, list[Fate]] = defaultdict(list)
    rows = ItemFate.objects.filter(version__in=ids).values_list("version_id", "old_id", "new_id", "kind")
    for version, old, new, kind in rows:
        fates[version].append(Fate(old, new, kind))
    return Family(tuple(ids), {pk: older for pk, older in found if older}, fates)


def received(seat: Seat) -> Received:
    """What this person may read of other organisations, in the order of the alphabet. Three queries, whatever there is."""
    newest: dict[tuple[UUID, UUID], Share] = {}
    groups: dict[UUID, Share] = {}
    for share in sorted(received_by(seat).select_related("earlier__snapshot"), key=_when, reverse=True):
        if share.snapshot.journey.record.group_id:
            groups.setdefault(share.snapshot.journey_id, share)
        else:
            newest.setdefault((share.organisation_id, share.snapshot.round.framework_version_id), share)
    told = [OfGroup(each.organisation.name, _group(each), each.pk) for each in groups.values()]
    told.sort(key=lambda each: (by_name(each.school), by_name(each.group)))
    return Received(tuple(_matrices([_picture(each) for each in newest.values()])), tuple(told))


def _when(share: Share) -> tuple[object, ...]:
    return share.snapshot.taken_at, share.made_at, str(share.pk)


def _group(share: Share) -> str:
    group = share.snapshot.journey.record.group
    return group.name if group else ""


def _picture(share: Share) -> Picture:
    snapshot = share.snapshot
    earlier = share.earlier if share.earlier is not None and share.earlier.is_open else None
    chosen = snapshot.content.get("priorities", []) if share.with_priorities else []
    return Picture(
        school=share.organisation.name,
        school_id=share.organisation_id,
        share_id=share.pk,
        version_id=snapshot.round.framework_version_id,
        on=snapshot.taken_at,
        now=states_of(snapshot),
        then_on=earlier.snapshot.taken_at if earlier else None,
        then=states_of(earlier.snapshot) if earlier else None,
        priorities=frozenset(UUID(each["competency"]) for each in chosen),
        may_be_asked=share.may_be_asked,
    )


def states_of(snapshot: Snapshot) -> States:
    """Where everything stood when it was frozen."""
    return {
        UUID(each["competency"]): State(
            each["standing"], each.get("set_aside") is not None, bool(each.get("recheck"))
        )
        for each in snapshot.content["items"]
    }


def _matrices(pictures: Iterable[Picture]) -> list[Matrix]:
    """A matrix for each framework, in the words of the newest version that anybody shared."""
    by_version: dict[UUID, list[Picture]] = defaultdict(list)
    for picture in pictures:
        by_version[picture.version_id].append(picture)
    family = family_of(by_version)
    made = []
    for version in family.versions:
        if version not in by_version:
            continue  # nobody shared it, or it stands in the words of a newer one already
        together = by_version.pop(version)
        for older in list(by_version):
            way = district.road(older, version, family.before, family.fates)
            if way is not None:
                together += [_along(each, way) for each in by_version.pop(older)]
        made.append(district.matrix_of(tree(version), _one_for_each_school(together)))
    return sorted(made, key=lambda each: (by_name(each.framework.title), str(each.framework.version_id)))


def _along(picture: Picture, way: Road) -> Picture:
    return replace(
        picture,
        now=district.carried(picture.now, way),
        then=district.carried(picture.then, way) if picture.then is not None else None,
        priorities=frozenset(way[each] for each in picture.priorities if each in way),
    )


def _one_for_each_school(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """A school that shares two versions of a framework stands there once, as it was seen last."""
    newest: dict[UUID, Picture] = {}
    for picture in sorted(pictures, key=lambda each: each.on):
        newest[picture.school_id] = picture
    return alphabetical(newest.values())


def helper(seat: Seat, share_id: UUID, competency_id: UUID) -> tuple[CompetencyItem, Picture, UUID] | None:
    """The school behind a share, when it may be asked about this competency: it has earned it and others work on it.

    With the version of the framework in whose words the competency is named.
    """
    for matrix in received(seat).matrices:
        for each in district.who_could_help(matrix):
            for picture in each.earned:
                if (picture.share_id, each.competency.id) == (share_id, competency_id):
                    return each.competency, picture, matrix.framework.version_id
    return None
