"""The listenings, in the order of their days."""

import tomllib
from itertools import cycle
from pathlib import Path
from random import Random
from uuid import UUID

from throughline.home.demo.building import Building
from throughline.home.demo.listening import told
from throughline.home.demo.listening.told import Group, Told
from throughline.journeys.models import Journey, Round
from throughline.voices.asking.actions import (
    add_host,
    ask_group,
    begin_listening,
    change_group,
    change_listening,
    compose,
    open_listening,
)
from throughline.voices.citing.actions import cite_result
from throughline.voices.closing.actions import close_listening
from throughline.voices.inviting.actions import make_slips
from throughline.voices.models import Asked, Listening, Question
from throughline.voices.replying.actions import add_reply, publish_replies
from throughline.voices.scales import DOES_NOT_APPLY, RATHER_NOT, STEPS
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.queries import draft_of
from throughline.voices.spool.releasing import release

# One in so many writes something as well.
WRITES = 9
_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def happen(built: Building, journey: Journey) -> None:
    """All three; whoever answers is nobody in particular."""
    for each in (told.FIRST, told.SECOND, told.NOW):
        _hold(built, journey, each)


def _hold(built: Building, journey: Journey, each: Told) -> None:
    lead = built.seats["amara"].membership
    with built.standing(each.begun):
        composed = _composed(built, journey, each)
    with built.standing(each.opened):
        listening = open_listening(listening=composed, by=lead)
    answering = Answering(listening, built.chance)
    with built.standing(each.opened + 2):
        for group in each.groups:
            answering.answer(group)
    if each.closed is not None:
        with built.standing(each.closed):
            listening = close_listening(listening=listening, by=lead)
        with built.standing(each.closed + 2):
            _follow(built, journey, listening, each)


def _follow(built: Building, journey: Journey, listening: Listening, each: Told) -> None:
    """What the team makes of it: a result that becomes evidence, and what those who answered hear."""
    lead = built.seats["amara"].membership
    if each.cited:
        competency = built.by_code[each.cited]
        cite_result(
            listening=listening,
            competency=each.cited,
            record=journey.record,
            competencies=[competency.id],
            by=lead,
        )
    for kind, competency_code, words in each.replies:
        add_reply(listening=listening, kind=kind, competency=competency_code, words=words, by=lead)
    if each.replies:
        publish_replies(listening=listening, by=lead)


def _composed(built: Building, journey: Journey, each: Told) -> Listening:
    lead = built.seats["amara"].membership
    rounds = Round.objects.filter(organisation=journey.organisation_id, journey=journey)
    held = rounds.get(number=each.round) if each.round else None
    begun = begin_listening(journey=journey, title=each.title, round=held, by=lead)
    for group in each.groups:
        ask_group(listening=begun, group=group.code, invited=group.invited, by=lead)
    for group in each.groups:
        if group.counted_with or group.by_code:
            asked = Asked.objects.get(organisation=begun.organisation_id, listening=begun, group=group.code)
            change_group(asked=asked, counted_with=group.counted_with, by_code=group.by_code, by=lead)
    add_host(listening=begun, member=built.seats["salma"].membership, by=lead)
    compose(listening=begun, competencies=each.about, languages=["en", "es"], by=lead)
    return change_listening(
        listening=begun,
        closes_on=built.on(each.last_day),
        contact=told.CONTACT,
        reader=built.seats["esi"].membership,
        background=told.BACKGROUND if each.background else [],
        by=lead,
    )


class Answering:
    """People of a listening answer, one after the other, each a little differently."""

    def __init__(self, listening: Listening, chance: Random) -> None:
        self.listening = listening
        self.chance = chance
        found = Question.objects.filter(
            organisation=listening.organisation_id, asked__listening=listening
        ).order_by("position")
        self.questions: dict[UUID, list[Question]] = {}
        for question in found:
            self.questions.setdefault(question.asked_id, []).append(question)

    def answer(self, group: Group) -> None:
        """As many of the group as are said to have answered; whoever writes something says what others there say."""
        asked = Asked.objects.get(
            organisation=self.listening.organisation_id, listening=self.listening, group=group.code
        )
        writing = cycle(_WORDS[group.code])
        lead = self.listening.made_by
        codes = make_slips(asked=asked, count=group.answered, by=lead) if group.by_code else []
        for number in range(group.answered):
            token = begin_draft(asked)
            draft = draft_of(token)
            assert draft is not None
            mine = [each for each in self.questions[asked.pk] if each.block in (0, draft.block)]
            steps = {each.code: self._step(group, each) for each in mine if each.kind == Question.Kind.STEPS}
            open_ones = [each.code for each in mine if each.kind == Question.Kind.OPEN]
            words = {open_ones[number % len(open_ones)]: next(writing)} if number % WRITES == 0 else {}
            save_draft(token, steps=steps, background=self._of_themselves(group), words=words)
            hand_in(token, code=codes[number] if codes else "")
        release(asked)

    def _of_themselves(self, group: Group) -> dict[str, str]:
        """What learners say of themselves, where they are asked; some would rather not."""
        if group.code != "learner" or not self.listening.background:
            return {}
        grade = self.chance.choice((*told.GRADES, ""))
        return {"grade-band": grade} if grade else {}

    def _step(self, group: Group, question: Question) -> int:
        chances = group.differs.get(question.competency, group.usual)
        weights = (*chances, told.NOT_MINE, told.RATHER_NOT)
        offered: tuple[int, ...] = (*STEPS, DOES_NOT_APPLY, RATHER_NOT)
        return self.chance.choices(offered, weights)[0]
