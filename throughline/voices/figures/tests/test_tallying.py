"""How many chose each step: kept with the answers, and counted anew from them."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.voices.figures.tallying import add, differences_of, rebuild
from throughline.voices.figures.tests.heard import GRADES, answers, handed_in, questioned
from throughline.voices.models import Asked, Listening, Tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def learners(listening: Listening) -> Asked:
    """Learners who are asked two questions and their grade."""
    listening.background = [GRADES]
    listening.save()
    return questioned(listening, "learner", "timely", "useful")


def _count(**of: object) -> int:
    return sum(Tally.objects.filter(**of).values_list("count", flat=True))


def test_answers_add_up(learners: Asked) -> None:
    handed_in(learners, "code", answers(learners, {4: 3, -1: 1}, "6-8"))
    handed_in(learners, "code", answers(learners, {4: 2}))
    handed_in(learners, "link", answers(learners, {4: 1}))
    code = {"asked": learners, "way": "code"}
    assert _count(**code, question=None, cut="") == 6
    assert _count(**code, question__indicator="timely", step=4, cut="") == 5
    assert _count(**code, question__indicator="useful", step=-1, cut="") == 1
    assert _count(asked=learners, way="link", question__indicator="useful", cut="") == 1


def test_everybody_is_in_one_cell_of_each_cut(learners: Asked) -> None:
    handed_in(learners, "code", answers(learners, {4: 3}, "6-8") + answers(learners, {0: 2}))
    cells = {"cut": "grade-band", "question": None}
    assert (_count(**cells, cell="6-8"), _count(**cells, cell="")) == (3, 2)
    assert _count(cut="grade-band", cell="", question__indicator="timely", step=0) == 2


def test_what_was_not_asked_is_not_counted(learners: Asked) -> None:
    add(learners, "code", [{"steps": {"elsewhere": 4}, "background": {"grade-band": "13", "faith": "any"}}])
    kept = sorted(Tally.objects.values_list("cut", "cell", "count"))
    assert kept == [("", "", 1), ("grade-band", "", 1)]
    assert not Tally.objects.exclude(question=None).exists()


def test_ten_answers_to_many_questions_take_few_statements(listening: Listening) -> None:
    asked = questioned(listening, "learner", *(f"indicator-{n}" for n in range(60)))
    ten = answers(asked, {0: 3, 1: 3, 4: 4})
    with CaptureQueriesContext(
        connection,
    ) as sent:
        add(asked, "code", ten)
    assert len(sent) == 3, [each["sql"][:80] for each in sent]


def test_tallies_that_went_wrong_are_found_and_mended(learners: Asked) -> None:
    handed_in(learners, "code", answers(learners, {4: 3, 1: 2}, "k-5"))
    assert differences_of(learners) == []
    Tally.objects.filter(question__indicator="timely", step=4, cut="").update(count=9)
    Tally.objects.filter(question__indicator="useful", step=1, cut="").delete()
    assert {(each.kept, each.counted) for each in differences_of(learners)} == {(9, 3), (0, 2)}
    with pytest.raises(CommandError):
        call_command("voices_tallies", check=True)
    call_command("voices_tallies", rebuild=True)
    assert differences_of(learners) == [] == rebuild(learners)
    call_command("voices_tallies", check=True)
