"""Every verb × the wrong organisation: whoever acts from one organisation changes nothing of another.

For each verb stands here how it is called well. It is tried as their own lead, which must change something (or the
test would prove nothing), and then in the same way from another organisation, which must change nothing of theirs.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

import throughline
from tests.trust.test_walk import fingerprint
from tests.trust.theirs import WAYS, Act, Theirs
from tests.trust.ways.drafts import free_place, newer
from tests.trust.ways.elements import element
from tests.trust.ways.elements_adopting import adopted
from tests.trust.ways.elements_consulting import consultation, theme
from tests.trust.ways.elements_structure import cluster as a_cluster
from tests.trust.ways.elements_structure import entry as an_entry
from tests.trust.ways.elements_structure import item as an_item
from tests.trust.ways.journeys import agree, prepare_round, priority_of
from tests.trust.ways.others import a_text
from tests.trust.ways.plans import action as an_action
from tests.trust.ways.plans_families import page as families_page
from tests.trust.world import MARK, Realm, build_realm
from tests.trust.world_elements import seen_of
from throughline.activity.models import Event
from throughline.elements.adopting import actions as showing_adopted
from throughline.elements.consulting.actions import answering
from throughline.elements.editing import actions as writing
from throughline.elements.gathering import actions as gathering
from throughline.elements.models import OutsideComment
from throughline.elements.structure import actions as structuring
from throughline.files.models import StoredFile
from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.agreeing import actions as agreeing
from throughline.journeys.meeting import drafts as following
from throughline.journeys.models import Journey, Priority, Snapshot
from throughline.journeys.moving import actions as moving
from throughline.journeys.paper import actions as paper
from throughline.journeys.policy import Place
from throughline.journeys.priorities import actions as priorities
from throughline.journeys.rounds import actions as rounds
from throughline.journeys.setup import actions as starting
from throughline.kit import clock
from throughline.network import actions as sharing
from throughline.network.models import Share
from throughline.plans.families.actions import writing as families
from throughline.records import actions as records
from throughline.records.evidence import actions as bringing
from throughline.records.models import Decision
from throughline.schools import actions as schools
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

for _ways in sorted((Path(__file__).parent / "ways").glob("*.py")):
    importlib.import_module(f"tests.trust.ways.{_ways.stem}")

NO = (PermissionDenied, ValidationError, ObjectDoesNotExist, IntegrityError)
# Verbs that take nothing but who acts and what is to be made in their own organisation.
OF_THEIR_OWN = {
    "ask_affiliation", "begin_element", "begin_page", "begin_meeting", "bring_table", "bring_roster", "bring_import", "change_organisation", "create_group", "invite_people", "keep_file", "keep_sound", "leave",
    "make_feed", "choose_scope", "withdraw_feed", "choose_reminders", "withdraw_links",
}  # fmt: skip
# What one says alone, and what is only being written, leaves no line in the log.
LEAVES_NO_LINE = {
    "rate", "rate_several", "release_comment", "keep_draft", "keep_typing", "mark_read",
    "rate_again", "look_back", "take_notes", "seal_note", "delete_note", "keep_answers", "bring_text", "leave_text",
    "read_mentions", "sign_up", "withdraw", "say_what_changed", "write_reflection", "change_reflection",
    "delete_reflection", "share_reflection", "unshare_reflection",
    "turn_to",
    "propose_pair", "agree_pair", "end_pair", "set_rhythm", "keep_meeting", "delete_pair_note",
    "bring_table", "choose_columns", "put_aside", "choose_roster", "put_roster_aside",
    "ask_groups", "bring_back_question", "ask_group", "change_group", "drop_group", "change_listening", "compose", "change_question", "drop_question", "add_own_question", "move_question",
    "drop_recording",
    "key_in_answer", "mark_words_read", "take_back_worry",
}  # fmt: skip
# Parts that several verbs share, called inside them.
PARTS = {
    "answer_anew",
    "both_here",
    "close_open_ones",
    "drafted",
    "ensure_in",
    "running",
}


OUR_WORDS = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Ours"}]}]}
# What is ours and would point at something of theirs: our lead acts, at home, with one thing from elsewhere.
MIXED: dict[str, Callable[[Theirs, Theirs], object]] = {
    "their member as our typist": lambda our, their: paper.name_typist(
        place=our.place(our.lead, "rating"), round_id=our.round("rating").id, membership=their.learner
    ),
    "their member on paper in our round": lambda our, their: paper.choose_paper(
        place=our.place(our.lead, "rating"), round_id=our.round("rating").id, members=[their.learner.id]
    ),
    "their rater": lambda our, their: rounds.add_rater(
        place=our.place(our.lead, "rating"), round_id=our.round("rating").id, membership=their.learner
    ),
    "their raters in a draft": lambda our, their: (
        prepare_round(our),
        rounds.prepare_round(
            place=Place(seat_of(our.lead), Journey.objects.filter(rounds=None).get(), None),
            competencies=[our.competency()],
            raters=[their.learner],
        ),
    ),
    "their round": lambda our, their: rounds.open_round(
        place=our.place(our.lead, "draft"), round_id=their.round("draft").id
    ),
    "their item": lambda our, their: agreeing.defer(
        place=our.place(our.lead, "agreeing"), item_id=their.item().id, reason="No.", seen_version=0
    ),
    "their item in what is agreed together": lambda our, their: agreeing.agree_together(
        place=our.place(our.lead, "agreeing"),
        round_id=our.round("agreeing").id,
        choices={their.item().id: agreeing.Together(2, "in-progress")},
        reason="All.",
    ),
    "their draft": lambda our, their: following.keep_draft(
        place=our.place(our.lead, "agreeing"), item_id=their.item().id, draft={"reason": "Mine"}
    ),
    "their lead of a priority": lambda our, their: priorities.choose_priority(
        place=our.place(our.lead, "agreeing"),
        round_id=our.round("agreeing").id,
        choice=priority_of(our, their.lead),
    ),
    "their priority": lambda our, their: priorities.drop_priority(
        place=our.place(our.lead, "closed"),
        priority=Priority.objects.get(organisation=their.realm.organisation),
    ),
    "their people on a team": lambda our, their: starting.change_team(
        place=our.place(our.lead, "rating"), team=[starting.Part(our.lead), starting.Part(their.learner)]
    ),
    "their version": lambda our, their: moving.move_journey(
        place=free_place(our, our.lead), to=newer(their), reason="Why not."
    ),
    "their framework": lambda our, their: starting.start_journey(
        name="Mine",
        version=FrameworkVersion.objects.get(framework__owner=their.realm.organisation),
        team=[starting.Part(our.lead)],
        by=seat_of(our.lead),
    ),
    "their evidence, cited": lambda our, their: records.decide(
        record=our.record(),
        competency_id=our.competency(3),
        after="in-progress",
        reason="Yes.",
        by=our.lead,
        cites=[records.Cite(their.evidence().id)],
    ),
    "their edition, as our evidence": lambda our, their: showing_adopted.show_edition(
        edition=adopted(their),
        record=our.record(),
        competencies=[our.competency(4)],
        mark="document",
        why="",
        by=our.lead,
    ),
    "our edition, in their record": lambda our, their: showing_adopted.show_edition(
        edition=adopted(our),
        record=their.record(),
        competencies=[their.competency(4)],
        mark="document",
        why="",
        by=our.lead,
    ),
    "their theme, for our comments": lambda our, their: answering.moderate(
        consultation=consultation(our),
        comments=list(OutsideComment.objects.filter(state="held").values_list("pk", flat=True)),
        state="taken",
        theme=theme(their).pk,
        by=our.lead,
    ),
    "their evidence, claimed": lambda our, their: bringing.claim(
        evidence=their.evidence(),
        record=our.record(),
        shows=[bringing.Shows(our.competency(4))],
        why="It does.",
        by=our.lead,
    ),
    "their decision, corrected": lambda our, their: records.decide(
        record=our.record(),
        competency_id=our.competency(),
        after="in-progress",
        reason="Yes.",
        by=our.lead,
        corrects=Decision.objects.filter(organisation=their.realm.organisation).first(),
    ),
    "their file": lambda our, their: bringing.bring_evidence(
        record=our.record(),
        piece=a_text(kind="file", file=StoredFile.objects.filter(organisation=their.realm.organisation)[0]),
        by=our.lead,
    ),
    "their group's standing": lambda our, their: bringing.bring_evidence(
        record=our.record(),
        piece=a_text(
            kind="standing",
            cited_decision=(
                agree(their)(their.lead),
                Decision.objects.filter(record__group__isnull=False).get(),
            )[1],
        ),
        by=our.lead,
    ),
    "their snapshot, shared": lambda our, their: sharing.share_snapshot(
        place=our.place(our.lead, "closed"),
        snapshot=Snapshot.objects.get(organisation=their.realm.organisation),
        offer=sharing.Offer("staff"),
    ),
    "their share, withdrawn": lambda our, their: sharing.withdraw_share(
        place=our.place(our.lead, "closed"),
        share=Share.objects.get(organisation=their.realm.organisation, audience="people"),
    ),
    "their item, served": lambda our, their: structuring.tie(
        item=an_item(our), to=an_item(their, "vision"), by=our.lead
    ),
    "their item, chosen": lambda our, their: structuring.choose_ties(
        item=an_item(our), to=[an_item(their, "vision").pk], competencies=[], by=our.lead
    ),
    "their private competency, served": lambda our, their: structuring.tie(
        item=an_item(our),
        competency=FrameworkVersion.objects.get(framework__owner=their.realm.organisation)
        .competencies.get()
        .pk,
        by=our.lead,
    ),
    "our entries in their cluster": lambda our, their: gathering.sort_entries(
        element=element(our), entries=[an_entry(our).pk], cluster=a_cluster(their), by=our.lead
    ),
    "our cluster as their attribute": lambda our, their: gathering.agree_cluster(
        cluster=a_cluster(our), item=an_item(their), by=our.lead
    ),
    "what is said to their attribute": lambda our, their: gathering.add_entries(
        element=element(our), texts=["No"], group="learners", item=an_item(their), stance="for", by=our.lead
    ),
    "their file, adopted as ours": lambda our, their: showing_adopted.adopt(
        element=element(our),
        adoption=showing_adopted.Adoption(
            body="The board",
            on=clock.today(),
            file=StoredFile.objects.filter(organisation=their.realm.organisation).first(),
        ),
        seen=seen_of(element(our)),
        by=our.lead,
    ),
    "their member as who wrote our words": lambda our, their: writing.replace_text(
        element=element(our),
        document=OUR_WORDS,
        seen=element(our).head,
        by=our.lead,
        author=their.learner,
    ),
    "their item as what ours belongs to": lambda our, their: structuring.add_item(
        element=element(our), kind="indicator", words={"title": "Ours"}, parent=an_item(their), by=our.lead
    ),
    "their action on our page for families": lambda our, their: families.write_section(
        page=families_page(our),
        section="changes",
        told={"items": [{"title": "Ours", "tie": f"action:{an_action(their).pk}"}]},
        by=our.lead,
    ),
    "their people in a group": lambda our, their: schools.add_to_group(
        by=our.lead, group=our.group(), members=[their.learner]
    ),
}


def verbs() -> Iterator[str]:
    """Every public function of a room's verbs that someone acts through."""
    root = Path(throughline.__file__).parent
    for path in sorted(
        [
            *root.glob("**/actions.py"),
            *root.glob("**/actions/*.py"),
            root / "journeys/meeting/drafts.py",
            root / "network/reaching.py",
        ]
    ):
        name = ".".join(path.relative_to(root.parent).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        for verb, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and {"by", "place"} & set(inspect.signature(function).parameters) and verb[0] != "_":
                yield verb


def test_every_verb_is_tried() -> None:
    assert set(verbs()) == set(WAYS) | OF_THEIR_OWN | PARTS


@pytest.fixture
def ours() -> Theirs:
    return Theirs(build_realm("Harbour Bridge"))


@pytest.fixture
def theirs() -> Theirs:
    return Theirs(build_realm(MARK))


def state(realm: Realm) -> tuple[str, int]:
    """Everything of an organisation, and how long its log is."""
    return fingerprint(realm), Event.objects.filter(organisation_id=realm.organisation.pk).count()


def who(their: Theirs, verb: str) -> Membership:
    """Who calls a verb well: the lead, but for what each one says alone."""
    return (
        their.learner
        if verb in ("rate", "rate_several", "release_comment", "rate_again", "look_back")
        else their.lead
    )


class Undo(Exception):
    """Ends a try without keeping it."""


def changes(their: Theirs, act: Act, by: Membership) -> bool:
    """Whether calling it would have changed anything of theirs, had it been kept."""
    before = state(their.realm)
    try:
        with transaction.atomic():
            act(by)
            connection.check_constraints()
            raise Undo if state(their.realm) != before else PermissionDenied
    except Undo:
        return True
    except NO:
        return False


def test_whoever_acts_from_another_organisation_changes_nothing(ours: Theirs, theirs: Theirs) -> None:
    idle, broken = [], []
    for name, prepare in WAYS.items():
        with transaction.atomic():
            act = prepare(theirs)
            if not changes(theirs, act, who(theirs, name)):
                idle.append(name)
            if any(changes(theirs, act, each) for each in (ours.lead, ours.learner)):
                broken.append(name)
            transaction.set_rollback(True)
    assert idle == [], "called like this they do nothing for anybody, so nothing is proved"
    assert broken == []


def test_every_verb_writes_who_did_it_and_nothing_tells_that_somebody_rates(theirs: Theirs) -> None:
    silent, wrong = set(), []
    for name, prepare in WAYS.items():
        with transaction.atomic():
            act, by = prepare(theirs), who(theirs, name)
            known = set(Event.objects.values_list("pk", flat=True))
            act(by)
            lines = Event.objects.exclude(pk__in=known)
            if not lines:
                silent.add(name)
            wrong += [
                (name, line.verb) for line in lines if line.actor_id != by.pk or line.actor_name != by.name
            ]
            transaction.set_rollback(True)
    assert silent == LEAVES_NO_LINE
    assert wrong == []


def test_nothing_of_ours_ever_points_at_something_of_theirs(ours: Theirs, theirs: Theirs) -> None:
    passed = []
    for name, act in MIXED.items():
        before = state(theirs.realm)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    act(ours, theirs)
                    connection.check_constraints()
            except NO:
                pass
            else:
                passed.append(name)
            transaction.set_rollback(True)
        assert state(theirs.realm) == before
    assert passed == []


def test_a_seat_elsewhere_gives_no_part_in_a_journey_here(ours: Theirs, theirs: Theirs) -> None:
    for by, has_a_part in ((theirs.lead, True), (ours.lead, False)):
        place = theirs.place(by, "rating")
        assert (place.runs, place.decides) == (has_a_part, has_a_part)
