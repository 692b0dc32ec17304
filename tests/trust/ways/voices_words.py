"""How each verb about what people wrote and said is called well."""

from typing import Any

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.schools.models import Role
from throughline.voices.citing import actions as citing
from throughline.voices.conversations import actions as conversations
from throughline.voices.models import Conversation, HeldWords, Listening, Words
from throughline.voices.moderating import actions as moderating


def read_by_educator(their: Theirs) -> HeldWords:
    """What a learner wrote in their open listening, which their educator reads."""
    return HeldWords.objects.select_related("question__asked__listening").get(
        organisation=their.realm.organisation
    )


def closed(their: Theirs) -> Listening:
    """One of theirs that is closed."""
    rows = Listening.objects.select_related("journey__record")
    return rows.get(organisation=their.realm.organisation, state="closed")


def written(their: Theirs) -> Words:
    """What somebody wrote in it."""
    rows = Words.objects.select_related("question__asked__listening")
    return rows.get(organisation=their.realm.organisation)


def talk(their: Theirs) -> Conversation:
    """A conversation beside it."""
    rows = Conversation.objects.select_related("journey__record", "listening")
    return rows.get(organisation=their.realm.organisation)


TOLD: dict[str, Any] = {
    "group": "alumni",
    "how_many": "6-to-10",
    "competencies": [],
    "heard": "It helped.",
    "differs": "",
}


@way
def mark_read(their: Theirs) -> Act:
    held = read_by_educator(their)
    listening = held.question.asked.listening
    Listening.objects.filter(pk=listening.pk).update(reader=their.realm.members[Role.LEAD])
    return lambda by: moderating.mark_read(listening=listening, read=[held.pk], by=by)


@way
def take_back_worry(their: Theirs) -> Act:
    held = read_by_educator(their)
    listening = held.question.asked.listening
    Listening.objects.filter(pk=listening.pk).update(reader=their.realm.members[Role.LEAD])
    return lambda by: moderating.take_back_worry(listening=listening, words=held.pk, by=by)


@way
def show_words(their: Theirs) -> Act:
    held = written(their)
    return lambda by: moderating.show_words(words=held, wording="Ours", by=by)


@way
def leave_out_words(their: Theirs) -> Act:
    held = written(their)
    return lambda by: moderating.leave_out_words(words=held, why="harm", by=by)


@way
def add_conversation(their: Theirs) -> Act:
    held = closed(their)
    return lambda by: conversations.add_conversation(
        journey=held.journey, listening=held, held_on=clock.today(), by=by, **TOLD
    )


@way
def change_conversation(their: Theirs) -> Act:
    held = talk(their)
    return lambda by: conversations.change_conversation(
        conversation=held, held_on=clock.today(), by=by, **TOLD
    )


@way
def cite_result(their: Theirs) -> Act:
    held, shows = closed(their), [their.competency()]
    record = held.journey.record
    return lambda by: citing.cite_result(
        listening=held, competency=held.competencies[0], record=record, competencies=shows, by=by
    )


@way
def cite_conversation(their: Theirs) -> Act:
    held, shows = talk(their), [their.competency()]
    record = held.journey.record
    return lambda by: citing.cite_conversation(conversation=held, record=record, competencies=shows, by=by)
