"""Writing an answer and handing it in."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import (
    SPOOL,
    Answer,
    Asked,
    Draft,
    HeldAnswer,
    HeldWords,
    Listening,
    Question,
    Slip,
    Spent,
    Words,
)
from throughline.voices.spool.actions import (
    begin_draft,
    drop_old_drafts,
    hand_in,
    key_in_answer,
    save_draft,
    withdraw_draft,
)
from throughline.voices.spool.outcomes import Outcome, Unsaved
from throughline.voices.spool.queries import draft_of, how_many_answered, questions_for, state_of_code
from throughline.voices.spool.releasing import COMPANY, release, release_what_can_be
from throughline.voices.spool.tests.steps import OPEN, STEPS, answered, give_codes, opened, written

pytestmark = pytest.mark.django_db
NOTHING: dict[str, str] = {}


@pytest.fixture
def learners(listening: Listening) -> Asked:
    return opened(listening)["learner"]


def test_pages_in_two_tabs_go_together_and_nothing_is_doubled(learners: Asked) -> None:
    token = begin_draft(learners)
    save_draft(token, steps={"seen": 4}, background={"grade-band": "upper"}, words=NOTHING)
    save_draft(token, steps={"heard": 1}, background=NOTHING, words={OPEN: "  More time \r\n outside "})
    before = save_draft(token, steps={"seen": 3}, background=NOTHING, words=NOTHING).version
    again = save_draft(token, steps={"seen": 3}, background=NOTHING, words=NOTHING)
    assert again.version == before
    assert again.content == {
        "steps": {"seen": 3, "heard": 1},
        "background": {"grade-band": "upper"},
        "words": {OPEN: "More time \n outside"},
    }
    taken_back = save_draft(token, steps={"seen": None}, background={"grade-band": ""}, words={OPEN: ""})
    assert taken_back.content == {"steps": {"heard": 1}, "background": {}, "words": {}}


def test_what_is_handed_in_knows_neither_code_nor_draft_and_the_words_are_parted_from_it(
    learners: Asked,
) -> None:
    code = give_codes(learners, 1)[0]
    token = written(learners, {"seen": 4, "heard": -2}, "Less homework")
    assert hand_in(token, code=f" {code[:4].upper()}-{code[4:]} ") == Outcome.OK
    held = HeldAnswer.objects.get()
    assert held.content == {"steps": {"seen": 4, "heard": -2}, "background": {"grade-band": "lower"}}
    assert (held.way, HeldWords.objects.get().text) == ("code", "Less homework")
    draft = draft_of(token)
    assert draft and draft.handed_in and draft.content == {}
    for model in SPOOL:
        names = {field.name for field in model._meta.fields}
        assert names.isdisjoint({"at", "made_at", "created", "draft", "slip", "answer", "ip", "agent"})
        targets = {f.related_model for f in model._meta.fields if f.is_relation}
        assert targets.isdisjoint({*SPOOL, Slip, Answer, Membership})


def test_handing_in_changes_the_spool_and_nothing_else(learners: Asked) -> None:
    code = give_codes(learners, 1)[0]

    def everything() -> dict[str, object]:
        return {
            model._meta.label: Counter(map(repr, model._base_manager.values_list()))
            for model in apps.get_models()
            if model not in SPOOL
        }

    before = everything()
    assert hand_in(written(learners, words="Longer breaks"), code=code) == Outcome.OK
    assert everything() == before
    assert all(model._base_manager.count() == 1 for model in SPOOL)


def test_a_code_is_used_once_and_a_second_press_does_no_harm(learners: Asked) -> None:
    code = give_codes(learners, 1)[0]
    assert state_of_code(learners, code) == Outcome.OK
    token, other = written(learners), written(learners)
    assert hand_in(token, code=code) == Outcome.OK
    assert hand_in(token, code=code) == Outcome.ALREADY
    assert hand_in(token) == Outcome.ALREADY
    assert hand_in(other, code=code) == Outcome.SPENT_CODE == state_of_code(learners, code)
    assert (HeldAnswer.objects.count(), Spent.objects.count()) == (1, 1)
    kept = draft_of(other)
    assert kept and not kept.handed_in and kept.content["steps"], "what was written is still there"
    assert hand_in(other) == Outcome.OK


def test_what_is_forged_opens_nothing(learners: Asked, listening: Listening) -> None:
    family = Asked.objects.get(listening=listening, group="family")
    foreign = give_codes(family, 1)[0]
    withdrawn = give_codes(learners, 1)[0]
    Slip.objects.filter(asked=learners).update(withdrawn=True)
    token = written(learners)
    for code in (foreign, withdrawn, "abcd efgh jkmn", "x" * 10_000):
        assert hand_in(token, code=code) == Outcome.UNKNOWN_CODE
    assert hand_in("", code=foreign) == hand_in("made up") == Outcome.GONE
    with pytest.raises(Unsaved) as why:
        save_draft("made up", steps={}, background={}, words={})
    assert why.value.outcome == Outcome.GONE
    Asked.objects.filter(pk=learners.pk).update(by_link=False)
    assert hand_in(token) == hand_in(token, code=" - ") == Outcome.UNKNOWN_CODE
    assert not HeldAnswer.objects.exists() and not Spent.objects.exists()
    assert hand_in(token, at_kiosk=True) == Outcome.OK


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": {"made-up": 1}},
        {"steps": {"seen": 5}},
        {"steps": {"seen": -3}},
        {"steps": {"seen": True}},
        {"steps": {"seen": "4"}},
        {"steps": {OPEN: 1}},
        {"background": {"grade-band": "made-up"}},
        {"background": {"made-up": "lower"}},
        {"words": {"seen": "a step has no words"}},
        {"words": {OPEN: "x" * 2_001}},
    ],
)
def test_what_does_not_fit_the_questions_is_not_written_down(
    learners: Asked, wrong: dict[str, dict[str, object]]
) -> None:
    token = begin_draft(learners)
    given: dict[str, dict[str, object]] = {"steps": {}, "background": {}, "words": {}, **wrong}
    with pytest.raises(ValidationError):
        save_draft(token, **given)  # type: ignore[arg-type]
    assert Draft.objects.get().content == {}


def test_a_question_of_another_block_is_not_answered(learners: Asked) -> None:
    Asked.objects.filter(pk=learners.pk).update(blocks=2)
    Question.objects.filter(asked=learners, code="seen").update(block=1)
    Question.objects.filter(asked=learners, code="heard").update(block=2)
    drawn = set()
    for _each in range(40):
        token = begin_draft(learners)
        draft = draft_of(token)
        assert draft
        mine, other = ("seen", "heard") if draft.block == 1 else ("heard", "seen")
        assert [each.code for each in questions_for(learners, draft.block)] == [mine, "known", OPEN]
        with pytest.raises(ValidationError):
            save_draft(token, steps={other: 1}, background={}, words={})
        drawn.add(draft.block)
    assert drawn == {1, 2}


def test_nothing_is_taken_of_somebody_who_answered_nothing(learners: Asked) -> None:
    code = give_codes(learners, 1)[0]
    token = begin_draft(learners)
    save_draft(token, steps={}, background={"grade-band": "lower"}, words={})
    assert hand_in(token, code=code) == Outcome.EMPTY
    assert state_of_code(learners, code) == Outcome.OK


def test_an_unfinished_answer_can_be_withdrawn_and_a_finished_one_cannot(learners: Asked) -> None:
    token, done = written(learners), written(learners)
    assert hand_in(done) == Outcome.OK
    assert withdraw_draft(token) and not withdraw_draft(token) and not withdraw_draft(done)
    assert draft_of(token) is None and hand_in(token) == Outcome.GONE
    assert HeldAnswer.objects.count() == 1


def test_a_draft_is_found_again_a_day_later_and_gone_after_that(learners: Asked) -> None:
    token = written(learners)
    with clock.standing_at(timezone.now() + timedelta(days=1)):
        assert drop_old_drafts() == 0 and draft_of(token)
    with clock.standing_at(timezone.now() + timedelta(days=2)):
        assert drop_old_drafts() == 1
        assert hand_in(token) == Outcome.GONE


def test_while_it_pauses_nobody_begins_and_what_was_begun_is_taken(learners: Asked) -> None:
    token = written(learners)
    Listening.objects.update(state="paused")
    with pytest.raises(Unsaved) as why:
        begin_draft(learners)
    assert why.value.outcome == Outcome.CLOSED
    assert hand_in(token) == Outcome.OK


def test_after_the_last_day_nobody_begins(learners: Asked) -> None:
    Listening.objects.update(closes_on=clock.today())
    begin_draft(learners)
    Listening.objects.update(closes_on=clock.today() - timedelta(days=1))
    with pytest.raises(Unsaved):
        begin_draft(learners)


def test_answers_are_let_go_in_company_and_leave_company_behind(learners: Asked) -> None:
    codes = give_codes(learners, COMPANY)
    answered(learners, 2 * COMPANY - 1)
    answered(learners, code=codes[0])
    assert release(learners) == 0, "twenty, but not twenty that came in the same way"
    answered(learners)
    keys = set(HeldAnswer.objects.values_list("pk", flat=True))
    assert release_what_can_be() == COMPANY
    assert HeldAnswer.objects.count() == COMPANY + 1 and Answer.objects.count() == COMPANY
    assert keys.isdisjoint(Answer.objects.values_list("pk", flat=True))
    assert how_many_answered(learners.listening) == {learners.pk: 2 * COMPANY + 1}
    assert release_what_can_be() == 0


def test_a_school_that_raised_its_threshold_lets_go_of_no_fewer(learners: Asked) -> None:
    Listening.objects.update(threshold=12)
    answered(learners, 23)
    assert release_what_can_be() == 0
    answered(learners)
    assert release_what_can_be() == 12


def test_words_that_were_not_read_leave_in_company_of_others_that_were(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    answered(learners, 40, words="read in time")
    HeldWords.objects.update(read=True)
    answered(learners, 3, words="on the last day")
    answered(Asked.objects.get(listening=listening, group="family"), 30, words="of adults")
    close_listening(listening=listening, by=lead)
    unread = Counter(Words.objects.filter(read=False).values_list("text", flat=True))
    assert unread == {"on the last day": 3, "read in time": COMPANY, "of adults": 30}


def test_where_all_was_read_nothing_is_read_twice(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    answered(learners, 12, words="read in time")
    HeldWords.objects.update(read=True)
    answered(Asked.objects.get(listening=listening, group="family"), 3, words="of adults")
    close_listening(listening=listening, by=lead)
    assert set(Words.objects.filter(read=False).values_list("text", flat=True)) == {"of adults"}


def test_paper_is_keyed_in_by_who_runs_the_listening(
    learners: Asked, lead: Membership, educator: Membership
) -> None:
    key = partial(
        key_in_answer, learners, steps=dict.fromkeys(STEPS, 2), background={}, words={OPEN: "More clubs"}
    )
    key(by=lead)
    assert (HeldAnswer.objects.get().way, HeldWords.objects.count()) == ("link", 1)
    with pytest.raises(Refused):
        key(by=educator)
    with pytest.raises(ValidationError):
        key_in_answer(learners, steps={}, background={}, words={}, by=lead)
    Listening.objects.update(state="closed")
    with pytest.raises(ValidationError):
        key(by=lead)
    assert HeldAnswer.objects.count() == 1


def test_what_handing_in_asks_of_the_database(learners: Asked, django_assert_max_num_queries: object) -> None:
    code = give_codes(learners, 1)[0]
    token = written(learners, words="Quieter halls")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert hand_in(token, code=code) == Outcome.OK
