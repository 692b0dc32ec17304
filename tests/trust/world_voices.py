"""The listenings of an organization in `world`: something of every kind."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.schools.models import Membership, Organisation, Role
from throughline.voices.asking.actions import (
    add_host,
    ask_group,
    begin_listening,
    change_listening,
    compose,
    keep_recording,
    open_listening,
)
from throughline.voices.citing.actions import cite_conversation
from throughline.voices.closing.actions import close_listening
from throughline.voices.conversations.actions import add_conversation
from throughline.voices.inviting.actions import opt_out
from throughline.voices.models import Asked, HeldWords, Listening, Question, Words
from throughline.voices.replying.actions import add_reply, publish_replies
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.outcomes import Outcome
from throughline.voices.tests.spoken import a_recording


class Holds(Protocol):
    """What is needed of `world.Realm`."""

    organisation: Organisation
    members: dict[str, Membership]
    ids: dict[str, list[UUID]]

    def keep(self, name: str, *found: UUID) -> None: ...


def bring_voices(realm: Holds, name: str) -> None:
    """One that is being composed, one that is open, and one that is closed, with words, a conversation and a reply."""
    lead = realm.members[Role.LEAD]
    journey = Journey.objects.filter(organisation=realm.organisation, record__group=None).earliest(
        "started_at"
    )
    held = [_ready(journey, f"{name} listening", realm), _ready(journey, f"{name} open listening", realm)]
    open_listening(listening=held[1], by=lead)
    held.append(_closed(journey, f"{name} closed listening", realm))
    _words(realm, name, held[1])
    learners = Asked.objects.select_related("listening").get(listening=held[1], group="learner")
    no = opt_out(learners, child=f"{name} child", class_or_group="", told_by=f"{name} parent")
    realm.keep("opt_out_id", no.pk)
    realm.keep("conversation_id", _conversation(realm, name, held[2]))
    realm.ids["competency"] = [held[2].competencies[0]]
    realm.keep("reply_id", _reply(name, held[2], lead))
    realm.keep("listening_id", *(each.pk for each in held))
    realm.ids["nth"] = [1]  # type: ignore[list-item]
    first = Question.objects.filter(asked__listening=held[0], kind="steps").earliest("position")
    realm.keep("wording_id", first.pk)
    realm.keep("recording_id", *_recordings(held, lead))
    realm.keep("asked_id", *Asked.objects.filter(listening__in=held).values_list("pk", flat=True))


def _recordings(held: list[Listening], lead: Membership) -> list[UUID]:
    """The first question read aloud: of the one that is being composed, and of the open one."""
    found = []
    for each in Listening.objects.filter(pk__in=[one.pk for one in held[:2]]):
        row = Question.objects.filter(asked__listening=each, kind="steps").earliest("position")
        Listening.objects.filter(pk=each.pk).update(state="draft")
        found.append(keep_recording(question=row, language="en", upload=a_recording(), by=lead).pk)
        Listening.objects.filter(pk=each.pk).update(state=each.state)
    return found


def _ready(journey: Journey, title: str, realm: Holds) -> Listening:
    """One that could be opened."""
    lead = realm.members[Role.LEAD]
    begun = begin_listening(journey=journey, title=title, by=lead)
    ask_group(listening=begun, group="learner", invited=40, by=lead)
    add_host(listening=begun, member=realm.members[Role.LEARNER], by=lead)
    first = tree(journey.record.version_id).competencies[0].code
    compose(listening=begun, competencies=[first], languages=["en"], by=lead)
    return change_listening(
        listening=begun,
        closes_on=clock.today() + timedelta(days=7),
        contact={"en": f"{title} contact"},
        by=lead,
    )


def _closed(journey: Journey, title: str, realm: Holds) -> Listening:
    """A closed one that a dozen learners answered, one of them in their own words."""
    lead, held = realm.members[Role.LEAD], _ready(journey, title, realm)
    open_listening(listening=held, by=lead)
    learners = Asked.objects.select_related("listening").get(listening=held, group="learner")
    codes = Question.objects.filter(asked=learners, kind="steps").values_list("code", flat=True)
    for number in range(12):
        token = begin_draft(learners)
        save_draft(token, steps=dict.fromkeys(codes, number % 5), background={}, words={})
        assert hand_in(token) == Outcome.OK
    question = _open_question(learners)
    HeldWords.objects.create(
        organisation=realm.organisation, question=question, text=f"{title} in their own words"
    )
    close_listening(listening=held, by=lead)
    return Listening.objects.get(pk=held.pk)


def _open_question(asked: Asked) -> Question:
    found, _made = Question.objects.get_or_create(
        organisation=asked.organisation,
        asked=asked,
        kind=Question.Kind.OPEN,
        defaults={
            "code": "open.culture",
            "domain": "culture",
            "position": 99,
            "words": {"en": {"text": "?"}},
        },
    )
    return found


def _words(realm: Holds, name: str, held: Listening) -> None:
    """What learners wrote yesterday in the open one, which the educator reads."""
    Listening.objects.filter(pk=held.pk).update(reader=realm.members[Role.EDUCATOR])
    question = _open_question(Asked.objects.get(listening=held, group="learner"))
    row = HeldWords.objects.create(
        organisation=realm.organisation,
        question=question,
        text=f"{name} words of a learner",
        worrying=True,
        on=clock.today() - timedelta(days=2),
    )
    words = Words.objects.filter(organisation=realm.organisation).values_list("pk", flat=True)
    realm.keep("words_id", row.pk, *words)


def _conversation(realm: Holds, name: str, held: Listening) -> UUID:
    """One beside the closed listening, which is evidence too."""
    lead = realm.members[Role.LEAD]
    talk = add_conversation(
        journey=held.journey,
        listening=held,
        group="board",
        held_on=clock.today(),
        how_many="up-to-5",
        competencies=held.competencies,
        heard=f"{name} heard in a conversation",
        differs="",
        names_are_meant=True,
        by=lead,
    )
    record = held.journey.record
    shows = [tree(record.version_id).competencies[0].id]
    cite_conversation(conversation=talk, record=record, competencies=shows, by=lead)
    return talk.pk


def _reply(name: str, held: Listening, lead: Membership) -> UUID:
    """What came of it, published."""
    words = {"en": {"heard": f"{name} heard", "answer": f"{name} answer"}}
    line = add_reply(listening=held, kind="will", words=words, by=lead)
    publish_replies(listening=held, by=lead)
    return line.pk
