"""The demo, in the order in which it happened."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from throughline.frameworks.models import FrameworkVersion
from throughline.home.demo import (
    advisory,
    around,
    evidence_first,
    evidence_second,
    mathematics,
    rosters,
    round_one,
    round_three,
    round_two,
    since,
)
from throughline.home.demo.building import Building
from throughline.home.demo.cast import (
    ALSO,
    EXPECTED,
    GROUPS,
    PEOPLE,
    PLACES,
    TEAM,
    TIME_ZONE,
    Someone,
    address_of,
)
from throughline.home.demo.elements import happening as elements
from throughline.home.demo.listening import happening as listening
from throughline.home.demo.plan import happening as plan
from throughline.journeys.agreeing.actions import decide_between_rounds
from throughline.journeys.models import Journey
from throughline.journeys.setup.actions import Part, start_journey
from throughline.journeys.story.actions import write_introduction
from throughline.records.actions import decide, set_aside
from throughline.records.evidence.actions import withdraw_evidence
from throughline.records.models import Decision
from throughline.schools import actions as schools
from throughline.schools.models import Group, Membership, hash_of
from throughline.schools.tenant import seat_of

FRAMEWORK = "journeys-to-mastery-learning"


@transaction.atomic
def tell(today: date) -> Building:
    """Build everything, or nothing. Days are counted from the Monday of this week."""
    version = FrameworkVersion.objects.filter(framework__code=FRAMEWORK, framework__owner=None).latest(
        "published_at"
    )
    built = Building(today - timedelta(days=today.weekday()), version)
    _settle_in(built)
    groups = _gather(built)
    school = _school_journey(built)
    _mathematics(built, groups["mathematics"])
    _second_round(built, school)
    _since(built, school)
    _introduce(built, school)
    _advisory(built, groups["advisory"])
    built.hold(school, round_three.ROUND, "amara")
    around.happen(built)
    elements.happen(built)
    listening.happen(built, school)
    plan.happen(built, school)
    rosters.happen(built)
    return built


def _settle_in(built: Building) -> None:
    """Organizations, people and the ties between them."""
    for number, place in enumerate(PLACES):
        here = [each for each in PEOPLE if each.organisation == place.key]
        with built.standing(-800 + number):
            lead = schools.create_organisation(
                kind=place.kind,
                name=place.name,
                lead_name=here[0].name,
                lead_email=address_of(here[0]),
                time_zone=TIME_ZONE,
                is_demo=True,
            )
            if place.full_name != place.name:
                schools.change_organisation(by=lead, name=place.full_name, language="en", time_zone=TIME_ZONE)
        _sit(built, here[0], lead)
        _invite(built, lead, here[1:], -795)
    _invite(built, built.seats["henrik"].membership, ALSO, -790)
    with built.standing(-5):
        lead = built.seats["amara"].membership
        schools.invite_people(by=lead, entries=[_entry(each) for each in EXPECTED], by_mail=False)
    _tie(built, "amara", "henrik", -785)
    _tie(built, "henrik", "noor", -784)
    _tie(built, "marit", "henrik", -600)
    _tie(built, "signe", "henrik", -90)
    with built.standing(-3):
        schools.ask_affiliation(
            by=built.seats["marit"].membership, short_name=built.seats["noor"].organisation.slug
        )


def _sit(built: Building, someone: Someone, member: Membership) -> None:
    """Remember where somebody sits; a second place is kept under the key and the place."""
    key = someone.key if someone.key not in built.seats else f"{someone.key}@{someone.organisation}"
    built.seats[key] = seat_of(Membership.objects.select_related("person", "organisation").get(pk=member.pk))


def _entry(someone: Someone) -> schools.Entry:
    known = next((each for each in PEOPLE if each.key == someone.key), someone)
    return schools.Entry(someone.name, address_of(known), someone.roles)


def _invite(built: Building, by: Membership, people: Iterable[Someone], day: int) -> None:
    guests = list(people)
    if not guests:
        return
    with built.standing(day):
        invited = schools.invite_people(by=by, entries=[_entry(each) for each in guests], by_mail=False)
    with built.standing(day + 1):
        for someone, guest in zip(guests, invited, strict=True):
            known = guest.member.person if someone in ALSO else None
            schools.accept_invitation(token_hash=hash_of(guest.token), person=known, name=someone.name)
            _sit(built, someone, guest.member)


def _tie(built: Building, asks: str, agrees: str, day: int) -> None:
    """One side asks, the other agrees two days later."""
    with built.standing(day):
        to = built.seats[agrees].organisation.slug
        tie = schools.ask_affiliation(by=built.seats[asks].membership, short_name=to)
    with built.standing(day + 2):
        schools.agree_affiliation(by=built.seats[agrees].membership, affiliation=tie)


def _gather(built: Building) -> dict[str, Group]:
    groups = {}
    with built.standing(-780):
        for key, (kind, name, people) in GROUPS.items():
            by = built.seats["amara"].membership
            groups[key] = schools.create_group(by=by, kind=kind, name=name)
            members = [built.seats[each].membership for each in people]
            schools.add_to_group(by=by, group=groups[key], members=members)
    return groups


def _school_journey(built: Building) -> Journey:
    """The journey of the school, its first evidence and its first round."""
    with built.standing(-772):
        journey = start_journey(
            name="Our school’s journey",
            version=built.version,
            team=[Part(built.seats[key].membership) for key in TEAM],
            by=built.seats["amara"],
        )
    built.bring(journey.record, evidence_first.EVIDENCE)
    built.hold(journey, round_one.ROUND, "amara")
    _correct(built, journey)
    return journey


def _correct(built: Building, journey: Journey) -> None:
    code, day, standing, reason = round_one.CORRECTION
    competency = built.by_code[code].id
    wrong = Decision.objects.get(
        organisation=journey.organisation_id, record=journey.record, competency=competency
    )
    with built.standing(day):
        decide(
            record=journey.record,
            competency_id=competency,
            after=standing,
            reason=reason,
            by=built.seats["amara"].membership,
            corrects=wrong,
        )


def _mathematics(built: Building, group: Group) -> None:
    with built.standing(-350):
        journey = start_journey(
            name="Mathematics",
            version=built.version,
            team=[Part(built.seats[key].membership) for key in mathematics.RATERS],
            by=built.seats["ravi"],
            group=group,
        )
        for code, reason in mathematics.SET_ASIDE.items():
            by = built.seats["ravi"].membership
            set_aside(record=journey.record, competency_id=built.by_code[code].id, reason=reason, by=by)
    built.bring(journey.record, mathematics.EVIDENCE)
    built.hold(journey, mathematics.ROUND, "ravi")
    built.cited[mathematics.CITED.key] = Decision.objects.get(
        organisation=journey.organisation_id,
        record=journey.record,
        competency=built.by_code["feedback-for-growth"].id,
    )


def _second_round(built: Building, journey: Journey) -> None:
    built.bring(journey.record, [mathematics.CITED, *evidence_second.EVIDENCE])
    key, by, day, reason = evidence_second.WITHDRAWN
    with built.standing(day):
        withdraw_evidence(evidence=built.evidence[key], reason=reason, by=built.seats[by].membership)
    held = built.hold(journey, round_two.ROUND, "amara")
    for since_day, wanted in round_two.SINCE:
        built.want(journey, held, wanted, since_day)


def _since(built: Building, journey: Journey) -> None:
    built.bring(journey.record, since.EVIDENCE)
    for day, code, told in since.DECISIONS:
        with built.standing(day):
            decide_between_rounds(
                place=built.place(journey, told.by),
                competency_id=built.by_code[code].id,
                standing=told.standing,
                reason=told.reason,
                cites=built.cites(code, told.on),
                why_changed=told.why,
                sure=True,  # the step agreed last may lie behind what was seen since
            )


def _introduce(built: Building, journey: Journey) -> None:
    with built.standing(since.INTRODUCED):
        write_introduction(place=built.place(journey, "amara"), text=since.INTRODUCTION, seen=0)


def _advisory(built: Building, group: Group) -> None:
    deciders = {"tomasz", "yusuf", "kofi", "ada"}
    team = [Part(built.seats[key].membership, is_decider=key in deciders) for key in advisory.RATERS]
    with built.standing(-35):
        journey = start_journey(
            name="Grade 9 Advisory",
            version=built.version,
            team=[*team, Part(built.seats["amara"].membership, is_rater=False)],
            by=built.seats["tomasz"],
            group=group,
        )
        for competency in built.tree.competencies:
            if competency.code not in advisory.KEPT:
                by = built.seats["tomasz"].membership
                set_aside(record=journey.record, competency_id=competency.id, reason=advisory.LEFT_OUT, by=by)
    built.bring(journey.record, advisory.EVIDENCE)
    built.hold(journey, advisory.ROUND, "tomasz")
