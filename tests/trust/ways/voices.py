"""How each verb of composing a listening is called well."""

from typing import Any

from django.test import override_settings

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.schools.models import Membership, Role
from throughline.voices.answering import actions as answering
from throughline.voices.asking import actions as asking
from throughline.voices.citing import actions as citing
from throughline.voices.closing import actions as closing
from throughline.voices.conversations import actions as conversations
from throughline.voices.inviting import actions as inviting
from throughline.voices.models import Asked, Conversation, HeldWords, Host, Listening, Question, Words
from throughline.voices.moderating import actions as moderating
from throughline.voices.results import actions as results
from throughline.voices.spool import actions as spool
from throughline.voices.tests.spoken import a_recording


def listening(their: Theirs) -> Listening:
    """One of theirs that is being composed."""
    return Listening.objects.filter(organisation=their.realm.organisation, state="draft").earliest("made_at")


@way
def begin_listening(their: Theirs) -> Act:
    journey = listening(their).journey
    return lambda by: asking.begin_listening(journey=journey, title="Ours", by=by)


@way
def ask_group(their: Theirs) -> Act:
    held = listening(their)
    return lambda by: asking.ask_group(listening=held, group="board", by=by)


@way
def ask_groups(their: Theirs) -> Act:
    held = listening(their)
    return lambda by: asking.ask_groups(listening=held, groups={"alumni": {"invited": 90}}, by=by)


def asked(their: Theirs) -> Asked:
    """A group that is asked in it."""
    return Asked.objects.get(
        organisation=their.realm.organisation, listening=listening(their), group="learner"
    )


def question(their: Theirs) -> Question:
    """One of its questions."""
    return Question.objects.filter(organisation=their.realm.organisation, asked=asked(their)).earliest(
        "position"
    )


def open_one(their: Theirs) -> Listening:
    """One of theirs that is open."""
    return Listening.objects.get(organisation=their.realm.organisation, state="open")


@way
def change_group(their: Theirs) -> Act:
    held = asked(their)
    return lambda by: asking.change_group(asked=held, invited=7, by=by)


@way
def drop_group(their: Theirs) -> Act:
    held = asked(their)
    return lambda by: asking.drop_group(asked=held, by=by)


@way
def add_host(their: Theirs) -> Act:
    held, member = listening(their), their.realm.members[Role.FAMILY]
    return lambda by: asking.add_host(listening=held, member=member, by=by)


@way
def remove_host(their: Theirs) -> Act:
    host = Host.objects.get(organisation=their.realm.organisation, listening=listening(their))
    return lambda by: asking.remove_host(host=host, by=by)


@way
def change_listening(their: Theirs) -> Act:
    held = listening(their)
    return lambda by: asking.change_listening(listening=held, title="Ours", by=by)


@way
def compose(their: Theirs) -> Act:
    held = listening(their)
    return lambda by: asking.compose(listening=held, competencies=held.competencies[:1], by=by)


@way
def change_question(their: Theirs) -> Act:
    held = question(their)
    return lambda by: asking.change_question(question=held, words={"en": {"text": "Ours?"}}, by=by)


@way
def drop_question(their: Theirs) -> Act:
    held = question(their)
    return lambda by: asking.drop_question(question=held, by=by)


@way
def bring_back_question(their: Theirs) -> Act:
    held = question(their)
    code, group = held.code, asked(their)
    asking.drop_question(question=held, by=their.realm.members[Role.LEAD])
    return lambda by: asking.bring_back_question(asked=group, code=code, by=by)


@way
def move_question(their: Theirs) -> Act:
    lead, group = their.realm.members[Role.LEAD], asked(their)
    one, other = (
        asking.add_own_question(asked=group, words={"en": {"text": text}}, by=lead)
        for text in ("One?", "Two?")
    )
    return lambda by: asking.move_question(question=other, beside=one, up=True, by=by)


@way
def keep_recording(their: Theirs) -> Act:
    held = question(their)
    return lambda by: asking.keep_recording(question=held, language="en", upload=a_recording(), by=by)


@way
def drop_recording(their: Theirs) -> Act:
    lead, held = their.realm.members[Role.LEAD], question(their)
    kept = asking.keep_recording(question=held, language="en", upload=a_recording(), by=lead)
    return lambda by: asking.drop_recording(recording=kept, by=by)


@way
def add_own_question(their: Theirs) -> Act:
    held = asked(their)
    return lambda by: asking.add_own_question(asked=held, words={"en": {"text": "Ours?"}}, by=by)


@way
def open_listening(their: Theirs) -> Act:
    held = listening(their)
    return lambda by: asking.open_listening(listening=held, by=by)


@way
def pause_listening(their: Theirs) -> Act:
    held = open_one(their)
    return lambda by: asking.pause_listening(listening=held, by=by)


@way
def resume_listening(their: Theirs) -> Act:
    held = open_one(their)
    asking.pause_listening(listening=held, by=their.realm.members[Role.LEAD])
    return lambda by: asking.resume_listening(listening=held, by=by)


@way
def extend_listening(their: Theirs) -> Act:
    held = open_one(their)
    return lambda by: asking.extend_listening(listening=held, closes_on=clock.today(), by=by)


@way
def close_listening(their: Theirs) -> Act:
    held = open_one(their)
    return lambda by: closing.close_listening(listening=held, by=by)


@way
def open_kiosk(their: Theirs) -> Act:
    held = asked(their)
    return lambda by: answering.open_kiosk(asked=held, by=by)


@way
def close_kiosk(their: Theirs) -> Act:
    held = asked(their)
    answering.open_kiosk(asked=held, by=their.realm.members[Role.LEAD])
    return lambda by: answering.close_kiosk(asked=held, by=by)


@way
def key_in_answer(their: Theirs) -> Act:
    held = Asked.objects.select_related("listening").get(listening=open_one(their), group="learner")
    code = Question.objects.filter(asked=held, kind="steps").values_list("code", flat=True)[0]
    return lambda by: spool.key_in_answer(held, steps={code: 3}, background={}, words={}, by=by)


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
def mark_words_read(their: Theirs) -> Act:
    held = read_by_educator(their)
    listening = held.question.asked.listening
    Listening.objects.filter(pk=listening.pk).update(reader=their.realm.members[Role.LEAD])
    return lambda by: moderating.mark_words_read(listening=listening, read=[held.pk], by=by)


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


@way
def guess(their: Theirs) -> Act:
    held = open_one(their)
    code = (
        Question.objects.filter(asked__listening=held, asked__group="learner", kind="steps")
        .earliest("position")
        .code
    )
    return lambda by: results.guess(listening=held, steps={code: 3}, by=by)


@way
def make_slips(their: Theirs) -> Act:
    held = code_group(their)
    return lambda by: inviting.make_slips(asked=held, count=2, by=by)


@way
def write_letters(their: Theirs) -> Act:
    held = code_group(their)
    to = [inviting.Addressee("theirs@families.test", "en")]

    def write(by: Membership) -> object:
        with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend"):
            return inviting.write_letters(asked=held, to=to, by=by)

    return write


@way
def withdraw_sheet(their: Theirs) -> Act:
    held = code_group(their)
    inviting.make_slips(asked=held, count=2, by=their.lead)
    return lambda by: inviting.withdraw_sheet(asked=held, sheet=1, by=by)


@way
def forget_opt_out(their: Theirs) -> Act:
    held = code_group(their)
    row = inviting.opt_out(held, child="Theirs", class_or_group="", told_by="Theirs")
    return lambda by: inviting.forget_opt_out(row=row, by=by)


def code_group(their: Theirs) -> Asked:
    """Learners of theirs, who answer by code."""
    held = Asked.objects.filter(listening=open_one(their), group="learner")
    held.update(by_code=True)
    return held.select_related("listening").get()
