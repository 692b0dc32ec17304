"""The demo beyond Harbor Bridge: its neighbors, what schools show, the district, and one that has nothing to do with it."""

from dataclasses import replace

from throughline.frameworks.crosswalks.actions import Sides, load_links, start_crosswalk
from throughline.frameworks.crosswalks.csv_table import Row
from throughline.frameworks.draft_content import Content
from throughline.frameworks.drafting import editing
from throughline.frameworks.drafting.actions import change_draft, start_draft
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.public.actions import open_framework
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.publishing.toml_reading import read_toml
from throughline.home.demo import lighthouse, neighbours, saltmarsh, shared
from throughline.home.demo.building import Building
from throughline.journeys.models import Journey, Snapshot
from throughline.journeys.rounds.actions import prepare_round
from throughline.journeys.setup.actions import Part, start_journey
from throughline.network.actions import share_snapshot, withdraw_share
from throughline.network.models import Share
from throughline.network.reaching import cite_shared
from throughline.records.actions import set_aside
from throughline.records.models import Record
from throughline.schools.models import Membership

DISTRICT_LEAD = "henrik"


def happen(built: Building) -> None:
    """After the story of the school itself: the others, in their order."""
    _lighthouse(built)
    _saltmarsh(built)
    _show(built)
    _neighbours(built)


def _lighthouse(built: Building) -> None:
    """A neighbor with two closed rounds, and one open on the framework of its state."""
    lead = built.seats["marit"]
    team = [Part(built.seats[key].membership) for key in lighthouse.TEAM]
    with built.standing(-436):
        journey = start_journey(name="What the lamp is for", version=built.version, team=team, by=lead)
    for evidence, told in (
        (lighthouse.EVIDENCE_FIRST, lighthouse.ROUND_ONE),
        (lighthouse.EVIDENCE_SECOND, lighthouse.ROUND_TWO),
    ):
        built.bring(journey.record, evidence)
        built.hold(journey, told, "marit")
    with built.standing(-20):
        plan = read_toml(neighbours.STATE)
        version = publish(plan, owner=lead.organisation, by=lead.membership).version
    with built.standing(-19):
        open_framework(framework=version.framework, by=lead.membership)
    _draft(lead.membership, version, built)
    _crosswalk(lead.membership, version, built)
    with built.standing(-15):
        compass = start_journey(name="Our state’s compass", version=version, team=team, by=lead)
    built.on_framework(version).hold(compass, neighbours.COMPASS, "marit")


def _draft(by: Membership, version: FrameworkVersion, built: Building) -> None:
    """The next version of the state's framework, begun and not finished."""
    with built.standing(-8):
        draft = start_draft(by=by, base=version)

        def write(content: Content) -> None:
            work = content["domains"][1]["uid"]
            editing.add_competency(content, work, "Something that lasts beyond June")
            merged = content["domains"][2]["competencies"]
            editing.merge(content, merged[0]["uid"], merged[1]["uid"])

        change_draft(draft=draft, by=by, seen_version=draft.version, change=write)


def _crosswalk(by: Membership, version: FrameworkVersion, built: Building) -> None:
    """How the state's framework and the journey's stand to each other."""
    with built.standing(-10):
        made = start_crosswalk(
            by=by,
            left=version.framework,
            right=built.version.framework,
            title="The compass beside the journey",
            note=neighbours.CROSSWALK_NOTE,
        )
        load_links(
            crosswalk=made,
            by=by,
            sides=Sides(version, built.version),
            rows=[Row(*each) for each in neighbours.CROSSWALK],
        )


def _saltmarsh(built: Building) -> None:
    """A school with five staff, one of whom was away."""
    lead = built.seats["signe"]
    with built.standing(-75):
        journey = start_journey(
            name="The five of us",
            version=built.version,
            team=[Part(built.seats[key].membership) for key in saltmarsh.TEAM],
            by=lead,
        )
        for code, reason in saltmarsh.SET_ASIDE.items():
            competency = built.by_code[code].id
            set_aside(record=journey.record, competency_id=competency, reason=reason, by=lead.membership)
    built.bring(journey.record, saltmarsh.EVIDENCE)
    built.hold(journey, saltmarsh.ROUND, "signe")


def _show(built: Building) -> None:
    """Closed rounds are shown, and one is taken back."""
    for told in shared.SHOWN:
        seat = built.seats[told.by]
        journey = Journey.objects.select_related("record", "organisation").get(
            organisation=seat.organisation, name=told.journey
        )
        place = built.place(journey, told.by)
        snapshot = Snapshot.objects.get(
            organisation=seat.organisation, journey=journey, round__number=told.round
        )
        to = built.seats[DISTRICT_LEAD].organisation.pk if told.to_district else None
        with built.standing(told.day):
            ends_on = built.on(told.until) if told.until is not None else None
            offer = replace(told.offer, to=to, ends_on=ends_on)
            made = share_snapshot(place=place, snapshot=snapshot, offer=offer)
        if told.withdrawn is not None:
            with built.standing(told.withdrawn):
                withdraw_share(place=place, share=made.share)


def _cite(built: Building, record: Record) -> None:
    """The district brings what a school shows as evidence to its own journey."""
    school = built.seats[shared.CITED_SCHOOL].organisation
    share = Share.objects.get(organisation=school, audience="organisation")
    with built.standing(shared.CITED_DAY):
        cite_shared(
            record=record,
            competency_id=built.by_code[shared.CITED_CODE].id,
            share_id=share.pk,
            why=shared.CITED_WHY,
            by=built.seats[shared.CITED_BY].membership,
        )


def _neighbours(built: Building) -> None:
    """The district prepares its first round; the unrelated school is in the middle of its own."""
    district = ("henrik", "ottilie", "amara@district")
    with built.standing(-12):
        journey = start_journey(
            name="The district’s own journey",
            version=built.version,
            team=[Part(built.seats[key].membership) for key in district],
            by=built.seats["henrik"],
        )
        prepare_round(
            place=built.place(journey, "henrik"),
            competencies=[each.id for each in built.tree.competencies],
            raters=[built.seats[key].membership for key in district],
            due_on=built.on(neighbours.DISTRICT_DUE),
        )
    _cite(built, journey.record)
    with built.standing(-14):
        journey = start_journey(
            name="Hillcrest looks in the mirror",
            version=built.version,
            team=[Part(built.seats[key].membership) for key in neighbours.HILLCREST.raters],
            by=built.seats["viktor"],
        )
    built.hold(journey, neighbours.HILLCREST, "viktor")
