"""Many hands at once: pressed twice, one code in two windows, and closing while people hand in."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from throughline.schools.models import Membership
from throughline.voices.closing.actions import close_listening, finish_closing
from throughline.voices.models import SPOOL, Answer, Asked, HeldAnswer, Listening, Spent, Tally
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.outcomes import Outcome, Unsaved
from throughline.voices.spool.releasing import COMPANY, release
from throughline.voices.spool.tests.steps import answered, give_codes, opened, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def learners(listening: Listening) -> Asked:
    return opened(listening)["learner"]


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """What each answered; all begin at the same moment, each over a connection of its own."""
    start = threading.Barrier(len(works))
    said: list[object] = [None] * len(works)

    def run(number: int) -> None:
        try:
            start.wait(timeout=60)
            said[number] = works[number]()
        except Exception as error:
            said[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return said


def test_pressed_twice_at_the_same_moment_it_is_taken_once(learners: Asked) -> None:
    code = give_codes(learners, 1)[0]
    token = written(learners, words="Once")
    said = at_once([lambda: hand_in(token, code=code)] * 6)
    assert Counter(said) == {Outcome.OK: 1, Outcome.ALREADY: 5}
    assert (HeldAnswer.objects.count(), Spent.objects.count()) == (1, 1)


def test_one_code_in_several_windows_at_the_same_moment_counts_once(learners: Asked) -> None:
    code = give_codes(learners, 1)[0]
    tokens = [written(learners) for _each in range(6)]
    said = at_once([lambda token=token: hand_in(token, code=code) for token in tokens])  # type: ignore[misc]
    assert Counter(said) == {Outcome.OK: 1, Outcome.SPENT_CODE: 5}
    assert (HeldAnswer.objects.count(), Spent.objects.count()) == (1, 1)


def test_pages_saved_in_several_windows_at_the_same_moment_are_all_kept(learners: Asked) -> None:
    token = begin_draft(learners)
    saves = [
        lambda code=code: save_draft(token, steps={code: 3}, background={}, words={})
        for code in ("seen", "heard", "known")
    ]
    saved = at_once(saves)
    assert not any(isinstance(each, Exception) for each in saved), saved
    assert hand_in(token) == Outcome.OK
    assert HeldAnswer.objects.get().content["steps"] == {"seen": 3, "heard": 3, "known": 3}


def test_answers_that_are_let_go_by_two_workers_at_once_are_let_go_once(learners: Asked) -> None:
    answered(learners, 2 * COMPANY + 2)
    said = at_once([lambda: release(learners)] * 3)
    assert sorted(map(str, said)) == ["0", "0", "12"]
    assert (Answer.objects.count(), HeldAnswer.objects.count()) == (COMPANY + 2, COMPANY)
    people = Tally.objects.get(question=None, cut="", way="link")
    assert people.count == COMPANY + 2


def test_closing_while_people_hand_in_loses_nothing_and_doubles_nothing(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    """What was acknowledged is among the answers; who was too late was told so."""
    chance = random.Random(5)
    codes = give_codes(learners, 24)
    tokens = [written(learners, chance=chance) for _code in codes]
    Listening.objects.filter(pk=listening.pk).update(days_kept=30)

    def close() -> object:
        close_listening(listening=listening, by=lead)
        Listening.objects.filter(pk=listening.pk).update(closed_at=listening.opened_at)  # the grace is over
        finish_closing(listening.pk)
        return "finished"

    def begin() -> object:
        try:
            return hand_in(written(learners))
        except Unsaved as why:
            return why.outcome

    hands = [
        lambda token=token, code=code: hand_in(token, code=code)
        for token, code in zip(tokens, codes, strict=True)
    ]
    said = Counter(at_once([*hands[:12], close, *hands[12:], *[begin] * 4]))
    assert said["finished"] == 1 and set(said) <= {"finished", Outcome.OK, Outcome.CLOSED, Outcome.GONE}, said
    listening.refresh_from_db()
    assert listening.keep_until is not None
    assert Answer.objects.count() == said[Outcome.OK]
    assert not any(model._base_manager.exists() for model in SPOOL if model.__name__ != "Draft")
