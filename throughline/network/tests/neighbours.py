"""A district and schools that show it closed rounds, made row by row: as many as a test wants, in any state."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Journey, Round, Snapshot
from throughline.kit import clock
from throughline.network.models import Share
from throughline.records.models import Record
from throughline.schools.models import Affiliation, Group, Membership, Organisation, Role
from throughline.testing import make_member, make_school, shipped_version


def competency(code: str, version: FrameworkVersion | None = None) -> CompetencyItem:
    """One competency by its code."""
    return next(each for each in tree((version or shipped_version()).pk).competencies if each.code == code)


def make_district(name: str = "Tidewater") -> tuple[Organisation, Membership]:
    """A district and somebody who leads it."""
    district = make_school(name, kind="district")
    return district, make_member(district, f"{name} lead", Role.DISTRICT_LEAD)


def tie(school: Organisation, to: Organisation) -> Affiliation:
    """A tie on which both sides have agreed."""
    return Affiliation.objects.create(organisation=school, to=to, asked_by_member=True, agreed_at=clock.now())


def closed_round(
    school: Organisation,
    standings: Mapping[str, str],
    *,
    priorities: tuple[str, ...] = (),
    version: FrameworkVersion | None = None,
    group: Group | None = None,
    taken_at: datetime | None = None,
) -> Snapshot:
    """A snapshot of a journey of this school; competencies that are not named have not begun. `aside` sets aside."""
    version = version or shipped_version()
    lead = Membership.objects.filter(organisation=school, holdings__role="lead").first() or make_member(
        school, f"{school.name} lead", Role.LEAD
    )
    record, _made = Record.objects.get_or_create(organisation=school, version=version, group=group)
    journey, _made = Journey.objects.get_or_create(
        organisation=school, record=record, defaults={"name": f"{school.name} journey", "started_by": lead}
    )
    at = taken_at or clock.now()
    number = Round.objects.filter(organisation=school, journey=journey).count() + 1
    held = Round.objects.create(
        organisation=school,
        journey=journey,
        framework_version=version,
        number=number,
        state=Round.State.CLOSED,
        made_by=lead,
        closed_at=at,
    )
    shown = tree(version.pk)
    ids = {each.code: str(each.id) for each in shown.competencies}
    return Snapshot.objects.create(
        organisation=school,
        journey=journey,
        round=held,
        edition=1,
        content=_content(shown.competencies, standings, [ids[each] for each in priorities]),
        taken_by=lead,
        taken_at=at,
    )


def _content(
    competencies: tuple[CompetencyItem, ...], standings: Mapping[str, str], priorities: list[str]
) -> dict[str, Any]:
    items = []
    for each in competencies:
        said = standings.get(each.code, "not-started")
        items.append(
            {
                "competency": str(each.id),
                "standing": "not-started" if said == "aside" else said,
                "set_aside": "a private reason" if said == "aside" else None,
                "recheck": False,
                "in_round": False,
            }
        )
    chosen = [
        {
            "competency": each,
            "why_now": "a private why",
            "step": 3,
            "by_when": "2030-01-01",
            "lead": "A private lead",
        }
        for each in priorities
    ]
    return {"items": items, "priorities": chosen}


def show(snapshot: Snapshot, to: Organisation, **more: Any) -> Share:
    """This snapshot, shared with a district or network."""
    return Share.objects.create(
        organisation=snapshot.organisation,
        snapshot=snapshot,
        audience="organisation",
        to=to,
        made_by=snapshot.taken_by,
        **more,
    )


def neighbour(
    name: str,
    district: Organisation,
    standings: Mapping[str, str],
    *,
    earlier: Mapping[str, str] | None = None,
    priorities: tuple[str, ...] = (),
    **more: Any,
) -> Share:
    """A school that belongs to a district and shows it one closed round, and an earlier one where that is given."""
    school = make_school(name)
    tie(school, district)
    before = None
    if earlier is not None:
        past = clock.now() - timedelta(days=300)
        before = show(closed_round(school, earlier, taken_at=past), district)
    return show(closed_round(school, standings, priorities=priorities), district, earlier=before, **more)
