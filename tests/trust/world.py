"""Two organisations with something of every kind in each, so that a test that something is hidden has something to hide.

Every name in the second one carries `MARK`: whoever belongs to the first must never meet it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile

from tests.trust.world_elements import bring_elements, bring_talk
from tests.trust.world_plans import bring_plan
from tests.trust.world_rosters import bring_rosters
from tests.trust.world_voices import bring_voices
from throughline.elements.gathering.actions import add_entries, make_cluster, remove_entries
from throughline.elements.setup.actions import begin_element, invite_participant
from throughline.elements.structure.actions import add_item, tie
from throughline.files.actions import keep_file
from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, default_steps
from throughline.frameworks.case_api.actions import give_out_all
from throughline.frameworks.crosswalks.actions import Sides, link_competencies, start_crosswalk
from throughline.frameworks.drafting.actions import start_draft
from throughline.frameworks.importing.actions.uploads import bring_import
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tree import tree
from throughline.journeys.agreeing.actions import Agreement, agree, leave_open
from throughline.journeys.closing.actions import close_round
from throughline.journeys.models import Journey, Round, Sheet, Typist
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_round, open_spread, prepare_round
from throughline.journeys.setup.actions import Part, start_journey
from throughline.kit import clock
from throughline.network.actions import Offer, share_snapshot
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.schools.models import Affiliation, Group, Invitation, Membership, Organisation, Role, hash_of
from throughline.schools.tenant import seat_of
from throughline.testing import make_member, make_person, make_school, ship_frameworks
from throughline.testing.remembering import remembered

MARK = "Zqxsecret"


@dataclass
class Realm:
    """One organisation and the ids of what it holds, by the name that addresses use."""

    organisation: Organisation
    members: dict[str, Membership] = field(default_factory=dict)
    ids: dict[str, list[UUID]] = field(default_factory=dict)

    def keep(self, name: str, *found: UUID) -> None:
        """Remember what may stand in an address."""
        self.ids.setdefault(name, []).extend(found)

    def raters(self) -> list[Membership]:
        """Five of them, so that names stay hidden and dots show; among them a learner."""
        roles = (Role.LEAD, Role.TEAM, Role.LEARNER, Role.FAMILY, Role.EDUCATOR)
        return [self.members[role] for role in roles]


@remembered
def build_realm(name: str) -> Realm:
    """An organisation with a member of every role, journeys in every state, evidence, a file, groups, invitations."""
    ship_frameworks()
    give_out_all()
    realm = Realm(make_school(name))
    for role in Role.values:
        realm.members[role] = make_member(realm.organisation, f"{name} {role}", role)
    lead = realm.members[Role.LEAD]
    groups = [
        Group.objects.create(organisation=realm.organisation, kind="classroom", name=f"{name} room {number}")
        for number in range(2)
    ]
    realm.keep("group", *(each.id for each in groups))
    realm.keep("member", realm.members[Role.LEARNER].id)
    shared = FrameworkVersion.objects.get(
        framework__owner=None, framework__code="journeys-to-mastery-learning"
    )
    realm.keep("import_id", _framework_file(realm, name))
    realm.keep("version_id", _private_framework(realm, name))
    _framework_draft(realm)
    realm.ids["language"] = ["es"]  # type: ignore[list-item]
    _elements(realm, name)
    realm.keep("crosswalk_id", _crosswalk(realm, name, shared))
    realm.keep("competency_id", tree(shared.id).competencies[0].id)
    realm.keep("domain_id", tree(shared.id).domains[0].id)
    own = _journey(realm, shared, lead, None)
    _closed_round(realm, own, name)
    _paper(realm, _rating_round(realm, own))
    other = _journey(realm, shared, lead, groups[0])
    _agreeing_round(realm, other, name)
    _draft(realm, _journey(realm, shared, lead, groups[1]))
    _evidence(realm, own, name)
    _ties(realm, name)
    _shares(realm, own, name)
    bring_elements(realm, name)
    bring_talk(realm, name)
    bring_plan(realm, name)
    bring_voices(realm, name)
    bring_rosters(realm, name)
    return realm


def _framework_file(realm: Realm, name: str) -> UUID:
    """A file that was brought and not published yet."""
    content = ContentFile(
        f"domain,competency\n{name} domain,{name} competency\n".encode(), name=f"{name}.csv"
    )
    return bring_import(by=realm.members[Role.LEAD], upload=content).id


def _private_framework(realm: Realm, name: str) -> UUID:
    competency = CompetencyPlan(
        code="c", name=f"{name} competency", level="foundational", description=f"{name} description"
    )
    plan = Blueprint(
        code="own",
        number="1",
        language="en",
        title=f"{name} framework",
        content={"steps": default_steps(), "steps_are_default": True},
        domains=(DomainPlan(code="d", name=f"{name} domain", competencies=(competency,)),),
    )
    return publish(plan, owner=realm.organisation, by=realm.members[Role.LEAD]).version.id


def _framework_draft(realm: Realm) -> None:
    """A draft of the private framework's next version."""
    base = FrameworkVersion.objects.get(framework__owner=realm.organisation)
    draft = start_draft(by=realm.members[Role.LEAD], base=base)
    realm.keep("draft_id", draft.id)
    domain = draft.content["domains"][0]
    realm.ids["part"] = [domain["uid"], domain["competencies"][0]["uid"]]


def _crosswalk(realm: Realm, name: str, shared: FrameworkVersion) -> UUID:
    own = FrameworkVersion.objects.get(pk=realm.ids["version_id"][0])
    lead = realm.members[Role.LEAD]
    held = start_crosswalk(
        by=lead, left=own.framework, right=shared.framework, title=f"{name} crosswalk", note=f"{name} note"
    )
    codes = [each.code for each in tree(shared.pk).competencies[:1]]
    sides = Sides(own, shared)
    link_competencies(
        crosswalk=held,
        by=lead,
        sides=sides,
        left=["c"],
        right=codes,
        relation="isRelatedTo",
        note=f"{name} link",
    )
    return held.pk


def _journey(realm: Realm, version: FrameworkVersion, lead: Membership, group: Group | None) -> Place:
    team = [Part(each) for each in realm.raters()]
    name = f"{realm.organisation.name} journey {group.name if group else ''}"
    journey: Journey = start_journey(name=name, version=version, team=team, by=seat_of(lead), group=group)
    realm.keep("journey_id", journey.id)
    realm.keep("record_id", journey.record_id)
    return place_of(seat_of(lead), journey)


def _draft(realm: Realm, place: Place) -> Round:
    competencies = tree(place.journey.record.version_id).domains[0].competencies[:2]
    held = prepare_round(place=place, competencies=[each.id for each in competencies], raters=realm.raters())
    realm.keep("round_id", held.id)
    return held


def _rating_round(realm: Realm, place: Place, said: str = "") -> Round:
    held = open_round(place=place, round_id=_draft(realm, place).id)
    if said:
        _all_rate(realm.raters(), held, said)
    return held


def _paper(realm: Realm, held: Round) -> None:
    """A paper sheet of this round, which the lead keys in."""
    lead = realm.members[Role.LEAD]
    here = {"organisation": realm.organisation, "round": held}
    realm.keep("sheet_id", Sheet.objects.create(code="BCDFGH", **here).id)
    Typist.objects.create(membership=lead, named_by=lead, **here)


def _all_rate(people: Iterable[Membership], held: Round, said: str) -> None:
    for number, person in enumerate(people):
        for item in items_of(held):
            rate(
                by=seat_of(person),
                round_id=held.id,
                competency_id=item.competency_id,
                step=1 + number % 4,
                comment=f"{said} remark {number}",
            )


def _agreeing_round(realm: Realm, place: Place, name: str) -> Round:
    held = _rating_round(realm, place, name)
    return open_spread(place=place, round_id=held.id)


def _closed_round(realm: Realm, place: Place, name: str) -> None:
    held = _agreeing_round(realm, place, name)
    first, second = items_of(held)
    agreement = Agreement(step=2, standing="in-progress", reason=f"{name} reason")
    agree(place=place, item_id=first.id, agreement=agreement, seen_version=0)
    leave_open(place=place, item_id=second.id, reason=f"{name} not yet", seen_version=0)
    choice = Choice(
        competency_id=first.competency_id,
        why_now=f"{name} why",
        step=3,
        by_when=clock.today() + timedelta(days=200),
        lead=realm.members[Role.LEAD],
    )
    choose_priority(place=place, round_id=held.id, choice=choice)
    close_round(place=place, round_id=held.id)


def _evidence(realm: Realm, place: Place, name: str) -> None:
    lead = realm.members[Role.LEAD]
    kept = keep_file(ContentFile(f"{name} file".encode(), name=f"{name}.txt"), by=lead)
    competency = tree(place.journey.record.version_id).competencies[0]
    piece = Piece(
        kind="file",
        mark="practice",
        title=f"{name} evidence",
        happened_on=clock.today(),
        file=kept,
        shows=(Shows(competency.id, competency.indicators[0].id),),
    )
    realm.keep("evidence_id", bring_evidence(record=place.journey.record, piece=piece, by=lead).id)
    realm.keep("file_id", kept.id)


def _elements(realm: Realm, name: str) -> None:
    """Three of the five elements, with items that are tied; a learner is invited to one of them."""
    lead = realm.members[Role.LEAD]
    outline = [
        {"key": "opening", "title": f"{name} opening", "prompt": "", "example": "", "done": "", "who": ""}
    ]
    profile, blocks, _call = (
        begin_element(kind=kind, title=f"{name} {kind}", language="en", outline=outline, by=lead)
        for kind in ("graduate-profile", "building-blocks", "call-to-action")
    )
    invited = invite_participant(element=profile, member=realm.members[Role.LEARNER], may="write", by=lead)
    attribute, area = (
        add_item(element=element, kind=kind, words={"title": f"{name} {kind}"}, by=lead)
        for element, kind in ((profile, "attribute"), (blocks, "area"))
    )
    words = {"title": f"{name} credit", "level": "foundational"}
    credit = add_item(element=blocks, kind="credit", words=words, parent=area, by=lead)
    tie(item=credit, to=attribute, by=lead)
    realm.ids["kind"] = ["graduate-profile"]  # type: ignore[list-item]
    realm.ids["piece"] = ["all"]  # type: ignore[list-item]
    realm.ids["section"] = ["opening"]  # type: ignore[list-item]
    realm.ids["what"] = ["attribute"]  # type: ignore[list-item]
    realm.keep("item_id", attribute.pk)
    realm.keep("participant_id", invited.pk)
    _hope, slip = add_entries(
        element=profile, texts=[f"{name} hope", f"{name} slip"], group="learners", by=lead
    )
    remove_entries(element=profile, entries=[slip.pk], by=lead)
    realm.keep("cluster_id", make_cluster(element=profile, title=f"{name} cluster", by=lead).pk)


def _ties(realm: Realm, name: str) -> None:
    """Someone invited who has not come yet, and a district that asks."""
    guest = Membership.objects.create(
        organisation=realm.organisation, person=make_person(f"{name} guest"), name=f"{name} guest"
    )
    Invitation.objects.create(
        organisation=realm.organisation,
        membership=guest,
        token_hash=hash_of(name),
        mail_hash=hash_of(f"mail {name}"),
        expires_at=clock.now() + timedelta(days=3),
    )
    realm.keep("member", guest.id)
    district = make_school(f"{name} district", kind="district")
    tie = Affiliation.objects.create(organisation=realm.organisation, to=district, asked_by_member=False)
    realm.keep("tie", tie.id)


def _shares(realm: Realm, place: Place, name: str) -> None:
    """The closed round, shared with everybody, with the board, with a district and by a link, with the team's reasons."""
    snapshot = place.journey.snapshots.get()
    to = make_school(f"{name} union", kind="district")
    Affiliation.objects.create(
        organisation=realm.organisation, to=to, asked_by_member=True, agreed_at=clock.now()
    )
    for audience in ("people", "board", "organisation", "link"):
        offer = Offer(
            audience,
            to=to.pk if audience == "organisation" else None,
            with_reasons=True,
            note=f"{name} note",
            ends_on=clock.today() + timedelta(days=9),
        )
        realm.keep("share_id", share_snapshot(place=place, snapshot=snapshot, offer=offer).share.pk)
