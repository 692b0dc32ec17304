"""What the browser tests need to know of the product's data, asked in the product's own environment.

Each line of the standard input is a question, a list in JSON; its answer is a line of the standard output:

    ["addresses"]                 ids of the demo and a session for each persona
    ["school", NAME, N]           a new school with a lead and N members
    ["element", SLUG, LANGUAGE]   the Call to Action of that school with a text; everyone on the team may write it
    ["family page", SLUG, DAY]    its page for families in three languages, with an entry that follows an action due then
    ["listening", SLUG]           an open listening of that school: its addresses, a code, a kiosk's secret
    ["action on", ID, DAY]        that action is due on another day
    ["round", SLUG, STATE]        a round of that school, `rating`, `agreeing`, or `alike` (and `alike named`)

Everything is built through the verbs, as a person would have asked for it.
"""

import json
import sys
from collections import defaultdict
from typing import Any
from uuid import uuid4

import django

django.setup()

from allauth.account.forms import default_token_generator  # noqa: E402
from allauth.account.utils import user_pk_to_url_str  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.text import slugify  # noqa: E402

from tests.browser.elements_world import (  # noqa: E402
    asked_again,
    bring_a_text,
    elements_of,
    public_elements,
    remove_an_entry,
)
from tests.browser.families_world import family_link, move_action, new_family_page  # noqa: E402
from tests.browser.plans_world import letter_links, plan_of  # noqa: E402
from tests.browser.rosters_world import rosters_of  # noqa: E402
from tests.browser.talked import talked_about  # noqa: E402
from tests.browser.voices_world import listenings_of, new_listening, places_of  # noqa: E402
from throughline.elements.editing.actions import replace_text  # noqa: E402
from throughline.elements.editing.queries import text_at  # noqa: E402
from throughline.elements.setup.actions import begin_element  # noqa: E402
from throughline.files.models import StoredFile  # noqa: E402
from throughline.frameworks.case_api.actions import give_out_all  # noqa: E402
from throughline.frameworks.crosswalks.actions import Sides, link_competencies, start_crosswalk  # noqa: E402
from throughline.frameworks.draft_content import competencies_of  # noqa: E402
from throughline.frameworks.drafting import editing  # noqa: E402
from throughline.frameworks.drafting.actions import change_draft, publish_draft, start_draft  # noqa: E402
from throughline.frameworks.importing.actions.uploads import bring_import, read_waiting_import  # noqa: E402
from throughline.frameworks.limits import LARGE  # noqa: E402
from throughline.frameworks.models import Crosswalk, FrameworkVersion, PublicEntry  # noqa: E402
from throughline.frameworks.publishing.actions import load_shipped  # noqa: E402
from throughline.frameworks.tables.writing import as_csv, template  # noqa: E402
from throughline.frameworks.tests.packages import garden, raw  # noqa: E402
from throughline.frameworks.tree import tree  # noqa: E402
from throughline.home.personas import people_of_the_demo  # noqa: E402
from throughline.journeys.models import Journey, Round, RoundItem, Sheet, Snapshot  # noqa: E402
from throughline.journeys.paper.actions import choose_paper, keep_typing, key_in, name_typist  # noqa: E402
from throughline.journeys.paper.sheets import Typed  # noqa: E402
from throughline.journeys.queries import place_of  # noqa: E402
from throughline.journeys.rating.actions import rate  # noqa: E402
from throughline.journeys.rounds.actions import choose_names, open_round, open_spread, prepare_round  # noqa: E402
from throughline.journeys.setup.actions import Part, start_journey  # noqa: E402
from throughline.kit import clock  # noqa: E402
from throughline.network.actions import Offer, share_snapshot, withdraw_share  # noqa: E402
from throughline.network.models import CitedShare, Share  # noqa: E402
from throughline.people.models import Person  # noqa: E402
from throughline.records.models import Decision, Evidence, Record, SetAside  # noqa: E402
from throughline.schools import actions as schools  # noqa: E402
from throughline.schools.models import Affiliation, Group, Membership, Organisation, hash_of  # noqa: E402
from throughline.schools.tenant import seat_of  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a long walk by the harbor"


def session_of(person: Person) -> str:
    """The key of a session in which this person has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def addresses() -> dict[str, Any]:
    """For each organisation what may stand in its addresses, a few of each state; and who can look at it."""
    links = _shares()
    return {
        "sessions": {key: session_of(person) for key, person in people_of_the_demo().items()},
        "seats": {
            key: sorted(
                Membership.objects.filter(person=person, joined_at__isnull=False, left_at=None).values_list(
                    "organisation__slug", flat=True
                )
            )
            for key, person in people_of_the_demo().items()
        },
        "schools": {each.slug: _of(each) for each in Organisation.objects.filter(is_demo=True)},
        "open": _open(),
        "invitations": _invitations(),
        "links": links,
        "closed": _closed_round(),
        "letter": letter_links(_their_lead()),
        "consultation": asked_again(_their_lead()),
        "families": family_link(_their_lead()),
        "reset": _way_to_a_new_password(people_of_the_demo()["family"]),
    }


def _of(school: Organisation) -> dict[str, list[str]]:
    """The ids of one organisation by the name that addresses use: the first few of each state."""
    here = {"organisation": school}
    found: dict[str, list[str]] = {
        "journey_id": _texts(Journey.objects.filter(**here).order_by("started_at")),
        "round_id": _texts(Round.objects.filter(**here).order_by("made_at")),
        "record_id": _texts(Record.objects.filter(**here).order_by("started_at")),
        "evidence_id": _one_of_each(
            Evidence.objects.filter(**here).order_by("brought_at"), _kind_of_evidence
        ),
        "file_id": _texts(StoredFile.objects.filter(**here)[:2]),
        "group": _one_of_each(
            Group.objects.filter(**here), lambda each: (each.kind, each.archived_at is None)
        ),
        "member": _one_of_each(
            Membership.objects.filter(**here).prefetch_related("holdings").order_by("invited_at"),
            lambda each: (each.state, "lead" in each.roles),
        ),
        "tie": _texts(Affiliation.objects.filter(**here)),
        "share_id": _texts(Share.objects.filter(Q(organisation=school) | Q(to=school)).order_by("made_at")),
        "version_id": _texts(_versions(school)),
        "language": ["es"],
        "competency_id": _competencies(school),
        "domain_id": _domains(school),
        "sheet_id": [],
        "draft_id": [],
        "part": [],
        "crosswalk_id": _texts(
            Crosswalk.objects.filter(Q(owner=school) | Q(owner=None)).order_by("-owner")[:2]
        ),
        "import_id": [],
    }
    found |= elements_of(school)
    found |= plan_of(school) | listenings_of(school) | rosters_of(school)
    found |= talked_about(school, school_lead(school), found["kind"])
    if school.slug == "harbor-bridge":
        bring_a_text(school_lead(school))
        remove_an_entry(school_lead(school))
        made = _framework_draft(school)
        made["version_id"] = list(dict.fromkeys([*found["version_id"], *made["version_id"]]))
        found |= made
        found |= _paper_round(school, found["round_id"])
        found["import_id"] = _framework_files(school)
        found["crosswalk_id"] = [_crosswalk(school), *found["crosswalk_id"]]
    return found


def _versions(school: Organisation) -> list[FrameworkVersion]:
    """Their own frameworks first, then a shared one."""
    seen = FrameworkVersion.objects.order_by("published_at")
    return [*seen.filter(framework__owner=school)[:2], *seen.filter(framework__owner=None)[:1]]


def _journey_framework() -> FrameworkVersion:
    """The shared framework that the demo's journeys are about."""
    shared = FrameworkVersion.objects.filter(framework__owner=None)
    return shared.filter(framework__code="journeys-to-mastery-learning").latest("published_at")


def _open() -> dict[str, list[str]]:
    """What may stand in addresses that anyone may open."""
    version = _journey_framework()
    codes = [each.code for each in tree(version.pk).competencies]
    return {
        "version_id": [str(version.pk)],
        "framework": [version.framework.code],
        "number": [version.number],
        "code": [codes[0], codes[-1]],
        "page": ["first-steps", "frameworks", "framework-tables", "ratings-promise"],
        "binding": ["v1p1"],
        "collection": ["CFItems"],
        "identifier": [
            str(PublicEntry.objects.filter(framework=version.framework, kind="CFItem")[0].identifier)
        ],
        **(public := public_elements(_their_lead())),
        "place": [*places_of(_their_lead()), *public["place"]],
    }


def _framework_files(school: Organisation) -> list[str]:
    """Files that were brought: a table, one with rows that cannot be taken, a CASE package, one that is no framework."""
    files = {
        "garden.csv": as_csv(template()),
        "wrong.csv": b"domain,competency,level\nSoil,Compost,expert\nSoil,Mulch,\n",
        "garden.json": raw(garden()),
        "broken.json": b"{" + b" " * LARGE,
    }
    brought = [
        bring_import(by=school_lead(school), upload=ContentFile(content, name=name))
        for name, content in files.items()
    ]
    while read_waiting_import():
        pass
    return [str(each.pk) for each in brought]


def _crosswalk(school: Organisation) -> str:
    """A crosswalk of their own between the two shared frameworks, with one link."""
    lead = school_lead(school)
    left = _journey_framework()
    others = FrameworkVersion.objects.filter(framework__owner=None).exclude(framework=left.framework)
    right = others.latest("published_at")
    held = start_crosswalk(by=lead, left=left.framework, right=right.framework, title="Ours and theirs ولهم")
    link_competencies(
        crosswalk=held,
        by=lead,
        sides=Sides(left, right),
        left=[tree(left.pk).competencies[0].code],
        right=[tree(right.pk).competencies[0].code],
        relation="isRelatedTo",
        note="Much the same شيء",
    )
    return str(held.pk)


def _framework_draft(school: Organisation) -> dict[str, list[str]]:
    """A draft that was made from the shared framework: with a part of each kind, changed in every way."""
    lead = school_lead(school)
    base = _journey_framework()
    newer = publish_draft(
        draft=start_draft(by=lead, base=base, title="Our own words"), number="1", seen_version=0, by=lead
    )
    draft = start_draft(by=lead, base=base)
    content = draft.content
    items = [each["uid"] for _domain, each in competencies_of(content)]

    def change(content: dict[str, Any]) -> None:
        editing.split(content, items[0], "Another part")
        editing.merge(content, items[2], items[3])
        editing.remove(content, items[5])
        editing.add_competency(content, content["domains"][0]["uid"], "Quite new جديد")
        editing.found(content, items[6])[1]["name"] = "Said with other words"

    change_draft(draft=draft, by=lead, seen_version=0, change=change)
    return {
        "version_id": [str(base.pk), str(newer.pk)],
        "draft_id": [str(draft.pk)],
        "part": [content["domains"][0]["uid"], items[0], items[6]],
    }


def _kind_of_evidence(each: Evidence) -> tuple[object, ...]:
    return each.kind, each.mark, each.withdrawn_at is None


def _domains(school: Organisation) -> list[str]:
    """The first and the last domain that a round here asks about."""
    held = Round.objects.filter(organisation=school).order_by("made_at").first()
    if held is None:
        return []
    domains = tree(held.framework_version_id).domains
    return [str(domains[0].id), str(domains[-1].id)]


def _competencies(school: Organisation) -> list[str]:
    """Competencies of which there is something to tell here: much decided, set aside, open and settled in a round."""
    told = Decision.objects.filter(organisation=school).values_list("competency", flat=True)
    counted: dict[object, int] = defaultdict(int)
    for each in told:
        counted[each] += 1
    most = sorted(counted, key=lambda each: -counted[each])[:1]
    aside = SetAside.objects.filter(organisation=school, taken_up_at=None).values_list(
        "competency", flat=True
    )[:1]
    items = RoundItem.objects.filter(organisation=school).order_by("round", "position")
    asked = _one_of_each(items, lambda each: (each.round_id, each.state), lambda each: each.competency_id)
    shown = CitedShare.objects.filter(organisation=school).values_list("competency", flat=True)
    return list(dict.fromkeys([*map(str, shown), *map(str, most), *map(str, aside), *asked]))


def _texts(rows: Any) -> list[str]:
    return [str(each.pk) for each in rows]


def _one_of_each(rows: Any, kind: Any, value: Any = lambda each: each.pk) -> list[str]:
    """The first of each kind."""
    found: dict[object, str] = {}
    for each in rows:
        found.setdefault(kind(each), str(value(each)))
    return list(found.values())


def _paper_round(school: Organisation, known: list[str]) -> dict[str, list[str]]:
    """A round in which three rate on paper: one sheet is in, one is begun, the others wait. The lead keys in."""
    lead = school_lead(school)
    members = Membership.objects.filter(organisation=school, joined_at__isnull=False, left_at=None)
    people = [lead, *members.exclude(pk=lead.pk)[:3]]
    group = Group.objects.create(organisation=school, kind="team", name="Kitchen المطبخ")
    version = _journey_framework()
    team = [Part(each) for each in people]
    place = place_of(
        seat_of(lead),
        start_journey(name="Kitchen المطبخ", version=version, team=team, by=seat_of(lead), group=group),
    )
    few = tree(version.pk).domains[1].competencies
    held = prepare_round(place=place, competencies=[each.id for each in few], raters=people)
    choose_paper(place=place, round_id=held.pk, members=[each.pk for each in people[1:]])
    name_typist(place=place, round_id=held.pk, membership=lead)
    open_round(place=place, round_id=held.pk)
    sheets = [each.pk for each in Sheet.objects.filter(round=held)]
    said = [Typed(str(1 + number % 4), "2") for number in range(len(few))]
    key_in(by=seat_of(lead), round_id=held.pk, sheet_id=sheets[0], typed=said)
    keep_typing(by=seat_of(lead), round_id=held.pk, sheet_id=sheets[1], typed=said[:1])
    return {"sheet_id": [str(each) for each in sheets[:3]], "round_id": [str(held.pk), *known]}


def _invitations() -> dict[str, str]:
    """Links to invitations: one that is open to somebody new, one to somebody known, one that was withdrawn."""
    school = Organisation.objects.get(slug="harbor-bridge")
    lead = school_lead(school)
    known = people_of_the_demo()["outsider"]
    entries = [
        schools.Entry("Nour El-Din نور الدين", "nour@harbor.example", ("family",)),
        schools.Entry(known.name, known.email, ("community",)),
        schools.Entry("Withdrawn Guest", "withdrawn@harbor.example", ("board",)),
    ]
    new, old, gone = schools.invite_people(by=lead, entries=entries, by_mail=False)
    schools.withdraw_invitation(by=lead, member=gone.member)
    return {"new": new.token, "known": old.token, "gone": gone.token}


def _shares() -> dict[str, str]:
    """The last closed round, shared with everybody, the board and the district; links to it: open, with a passcode,
    withdrawn."""
    school = Organisation.objects.get(slug="harbor-bridge")
    seat = seat_of(school_lead(school))
    snapshots = Snapshot.objects.filter(organisation=school, journey__record__group=None)
    snapshot = snapshots.latest("round__number")
    place = place_of(seat, snapshot.journey)
    offers = {
        "people": Offer("people", with_reasons=True, note="This is where we are."),
        "board": Offer("board"),
        "district": Offer("organisation", to=Organisation.objects.get(slug="tidewater-district").pk),
        "open": Offer("link", with_reasons=True, note="أهلا Read this.", ends_on=clock.today()),
        "coded": Offer("link", ends_on=clock.today(), passcode="tide and bridge"),
        "gone": Offer("link", ends_on=clock.today()),
    }
    earlier = snapshots.earliest("round__number")
    share_snapshot(place=place, snapshot=earlier, offer=Offer("people"))
    made = {
        name: share_snapshot(place=place, snapshot=snapshot, offer=offer) for name, offer in offers.items()
    }
    withdraw_share(place=place, share=made["gone"].share)
    return {name: each.token for name, each in made.items()}


def _closed_round() -> str:
    """The first round of the demo school that is closed."""
    rounds = Round.objects.filter(organisation__slug="harbor-bridge", state=Round.State.CLOSED)
    return str(rounds.earliest("made_at").pk)


def _way_to_a_new_password(person: Person) -> str:
    """The address in the letter to somebody who forgot theirs."""
    key = default_token_generator.make_token(person)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )


def _their_lead() -> Membership:
    return school_lead(Organisation.objects.get(slug="harbor-bridge"))


def school_lead(school: Organisation) -> Membership:
    """Somebody who leads there."""
    return Membership.objects.filter(organisation=school, holdings__role="lead", joined_at__isnull=False)[0]


def new_school(name: str, members: int) -> dict[str, Any]:
    """A school of its own for one test: a lead and members of the leadership team who have joined, all with `PASSWORD`."""
    load_shipped()
    give_out_all()
    place = f"{slugify(name)}-{uuid4().hex[:6]}"
    lead = schools.create_organisation(
        kind="school", name=name, lead_name="Amina Qasem أمينة القاسم", lead_email=f"lead@{place}.example"
    )
    names = ["Bruno Keller", "Chidi Eze", "Divya Rao", "Elif Kaya", "Farid Aziz فريد", "Greta Lund"][:members]
    people = [lead]
    if names:
        entries = [
            schools.Entry(each, f"{each.split()[0].lower()}@{place}.example", ("team",)) for each in names
        ]
        for entry, guest in zip(
            entries, schools.invite_people(by=lead, entries=entries, by_mail=False), strict=True
        ):
            people.append(
                schools.accept_invitation(token_hash=hash_of(guest.token), name=entry.name, password=PASSWORD)
            )
    lead.person.set_password(PASSWORD)
    lead.person.save()
    return {
        "slug": lead.organisation.slug,
        "people": [
            {
                "name": each.name,
                "email": each.person.email,
                "session": session_of(each.person),
                "id": str(each.pk),
            }
            for each in people
        ],
    }


def new_round(slug: str, state: str) -> dict[str, Any]:
    """A round of a whole school's journey about the first domain with three competencies; all have rated when the
    spread is open; no two see it alike, or all do."""
    school = Organisation.objects.get(slug=slug)
    people = list(
        Membership.objects.filter(organisation=school, joined_at__isnull=False).order_by("joined_at")
    )
    seat = seat_of(school_lead(school))
    version = _journey_framework()
    journey = start_journey(
        name="Our journey", version=version, team=[Part(each) for each in people], by=seat
    )
    place = place_of(seat, journey)
    few = next(each for each in tree(version.pk).domains if len(each.competencies) == 3).competencies
    held = prepare_round(place=place, competencies=[each.id for each in few], raters=people)
    if state == "alike named":
        choose_names(place=place, round_id=held.pk, shown=True)
    open_round(place=place, round_id=held.pk)
    if state != "rating":
        for number, someone in enumerate(people):
            for each in few:
                rate(
                    by=seat_of(someone),
                    round_id=held.pk,
                    competency_id=each.id,
                    step=1 + number % 4 if state == "agreeing" else 3,
                )
        open_spread(place=place, round_id=held.pk)
    return {
        "journey": str(journey.pk),
        "record": str(journey.record_id),
        "round": str(held.pk),
        "competencies": [str(each.id) for each in few],
    }


def new_element(slug: str, language: str = "en") -> dict[str, Any]:
    """The Call to Action of a school, which says a little, and where it is written."""
    lead = school_lead(Organisation.objects.get(slug=slug))
    outline = [{"key": "why", "title": "Why we change", "prompt": "What can’t stay as it is?"}]
    held = begin_element(
        kind="call-to-action", title="Why we change", language=language, outline=outline, by=lead
    )
    heading = {"type": "heading", "attrs": {"level": 2, "key": "why"}, "content": [_words("Why we change")]}
    paragraph = {"type": "paragraph", "content": [_words("It begins here.")]}
    document = {"type": "doc", "content": [heading, paragraph]}
    replace_text(element=held, document=document, seen=text_at(held).version, by=lead)
    return {"kind": held.kind}


def _words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def main(what: str, *arguments: str) -> Any:
    """Answer one question."""
    if what == "school":
        return new_school(arguments[0], int(arguments[1]))
    if what == "element":
        return new_element(*arguments)
    if what == "round":
        return new_round(*arguments)
    if what == "family page":
        return new_family_page(*arguments)
    if what == "listening":
        return new_listening(*arguments)
    if what == "action on":
        return move_action(*arguments)
    assert what == "addresses", what
    return addresses()


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(main(*json.loads(line))) + "\n")
        sys.stdout.flush()
