"""The page on which a team agrees several competencies in one go."""

import re
from html import unescape
from uuid import UUID

import pytest

from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.tests.steps import an_open_spread, another_round, few, settle
from throughline.journeys.tests.test_pages import address
from throughline.records.models import Decision
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]
Data = dict[str, object]


def sent(items: list[RoundItem], step: str = "2", reason: str = "All of us see it.") -> Data:
    """A form in which every row has this step and all have one reason."""
    data: Data = {"item": [str(each.id) for each in items], "reason": reason}
    return data | {f"step-{each.id}": step for each in items}


def states(held: Round) -> list[str]:
    return list(items_of(held).values_list("state", flat=True))


def row_of(page: str, item_id: UUID) -> str:
    """The part of the page about one row."""
    rest = page.split(f'id="row-{item_id}"')[1]
    return unescape(rest.split('<li class="together ')[0].split('class="card together-bar')[0])


def test_each_row_shows_the_described_steps_and_begins_with_what_most_chose(
    place: Place, six: People, team: Membership
) -> None:
    held = an_open_spread(place, six, [2, 2, 2, 2, 2, 3])
    page = client_of(team).get(address("agree-together", held)).content.decode()
    for item, competency in zip(items_of(held), few(place), strict=True):
        row = row_of(page, item.id)
        assert all(step in row for step in competency.steps)
        assert f'name="step-{item.id}" value="2" checked' in row and row.count(" checked") == 1
        assert "5 of us" in row and "1 of us" in row
        assert " selected" not in row


def test_one_press_agrees_on_all_that_people_see_alike(held: Round, team: Membership) -> None:
    client = client_of(team)
    page = client.get(address("agree-together", held)).content.decode()
    reason = page.split('id="reason"')[1].split(">")[1].split("<")[0]
    assert reason and "Agree on all 3" in page
    answer = client.post(address("agree-together", held), sent(list(items_of(held)), reason=reason))
    assert (answer.status_code, answer.url) == (302, address("round", held))  # type: ignore[attr-defined]
    assert {each.reason for each in Decision.objects.all()} == {reason}
    assert {each.after for each in Decision.objects.all()} == {"in-progress"}
    assert "Agreed and saved: 3 competencies." in client.get(address("round", held)).content.decode()


def test_what_is_complete_is_kept_and_what_is_wrong_is_marked_at_its_field(
    held: Round, team: Membership
) -> None:
    first, second, third = items_of(held)
    data = sent([first, second, third]) | {
        f"step-{first.id}": "",
        f"reason-{first.id}": "Typed and not lost.",
        f"standing-{second.id}": "earned",
        f"step-{second.id}": "4",
        f"reason-{second.id}": "We are proud of it.",
    }
    client = client_of(team)
    answer = client.post(address("agree-together", held), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert states(held) == ["open", "open", "agreed"]
    assert "Agreed and saved: 1 competency." in page and f'id="row-{third.id}"' not in page
    one, two = row_of(page, first.id), row_of(page, second.id)
    assert "Choose a step" in one and "Typed and not lost." in one and 'class="field wrong"' in one
    assert f'id="step-{first.id}-error"' in one and f'aria-describedby="step-{first.id}-error"' in one
    assert "needs evidence" in two and "We are proud of it." in two
    assert re.search(rf'<select id="standing-{second.id}"[^>]*aria-invalid="true"', two)
    assert f'name="step-{second.id}" value="4" checked' in two
    for item in (first, second):
        assert f'<a href="#row-{item.id}">' in page.split('<ol class="together-rows')[0]


def test_a_missing_reason_is_said_at_the_row_and_at_the_reason_for_all(held: Round, team: Membership) -> None:
    first, second, third = items_of(held)
    data = sent([first, second, third], reason=" ") | {f"reason-{first.id}": "Its own."}
    page = client_of(team).post(address("agree-together", held), data).content.decode()
    assert states(held) == ["agreed", "open", "open"]
    assert 'aria-describedby="reason-error"' in page
    for item in (second, third):
        assert f'aria-describedby="reason-{item.id}-error"' in row_of(page, item.id)


@pytest.mark.parametrize("where", ["reason", "row"])
def test_a_reason_that_is_too_long_is_kept_in_the_form(held: Round, team: Membership, where: str) -> None:
    first = items_of(held)[0]
    name = "reason" if where == "reason" else f"reason-{first.id}"
    answer = client_of(team).post(address("agree-together", held), sent([first]) | {name: "x" * 4001})
    assert answer.status_code == 422 and "x" * 4001 in answer.content.decode()
    assert "at most 4000" in answer.content.decode() and states(held) == ["open"] * 3


def test_a_standing_that_does_not_fit_is_asked_about_once(held: Round, team: Membership) -> None:
    first, second, _third = items_of(held)
    client = client_of(team)
    data = sent([first, second], "3") | {f"standing-{first.id}": "not-started"}
    page = client.post(address("agree-together", held), data).content.decode()
    assert states(held) == ["open", "agreed", "open"]
    row = row_of(page, first.id)
    assert "press the button again to keep both" in row
    assert f'name="sure-{first.id}" value="3:not-started"' in row
    other = sent([first], "2") | {f"standing-{first.id}": "not-started", f"sure-{first.id}": "3:not-started"}
    assert client.post(address("agree-together", held), other).status_code == 422
    sure = sent([first], "3") | {f"standing-{first.id}": "not-started", f"sure-{first.id}": "3:not-started"}
    assert client.post(address("agree-together", held), sure).status_code == 302
    assert Decision.objects.get(competency=first.competency_id).after == "not-started"


def test_only_those_where_everyone_chose_the_same(place: Place, six: People, team: Membership) -> None:
    held = an_open_spread(place, six, [2, 2, 2, 2, 2, 2])
    items = list(items_of(held))
    items[0].ratings.filter(rater__membership=six[5]).update(step=3)
    client = client_of(team)
    page = client.get(address("agree-together", held)).content.decode()
    assert "Agree only on the 2 where everyone chose the same step" in page
    client.post(address("agree-together", held), sent(items) | {"same": "1"})
    assert states(held) == ["open", "agreed", "agreed"]


def test_what_is_left_for_the_talk_is_left_and_untouched_rows_wait(held: Round, team: Membership) -> None:
    first, second, third = items_of(held)
    client = client_of(team)
    data = sent([first, second, third]) | {f"step-{second.id}": "later", f"step-{third.id}": ""}
    answer = client.post(address("agree-together", held), data)
    assert answer.url == address("agree-together", held)  # type: ignore[attr-defined]
    assert states(held) == ["agreed", "open", "open"]
    answer = client.post(address("agree-together", held), data | {f"step-{third.id}": "2"})
    assert answer.url == address("spread", held)  # type: ignore[attr-defined]
    nothing = client.post(address("agree-together", held), {"item": [str(second.id)]})
    assert nothing.status_code == 422 and "at least one competency" in nothing.content.decode()


def test_sent_twice_nothing_is_done_twice(held: Round, team: Membership) -> None:
    data = sent(list(items_of(held)))
    client = client_of(team)
    for _time in range(2):
        assert client.post(address("agree-together", held), data).status_code == 302
    assert Decision.objects.count() == 3


def test_a_form_with_a_key_keeps_what_it_says_it_kept(held: Round, team: Membership) -> None:
    first, second, _third = items_of(held)
    key = {"_once": "7d0ef0f5-0ad4-4c5b-9a4a-6f4ac2e3a111"}
    data = sent([first, second]) | {f"step-{second.id}": "9"} | key
    page = client_of(team).post(address("agree-together", held), data).content.decode()
    assert "Agreed and saved: 1 competency." in page and states(held) == ["agreed", "open", "open"]


def test_a_changed_step_leads_to_its_own_page(
    place: Place, item: RoundItem, six: People, team: Membership
) -> None:
    settle(place, item, 3)
    again = another_round(place, six)
    page = client_of(team).get(address("agree-together", again.round)).content.decode()
    row = row_of(page, again.id)
    assert "Last time you agreed on “Usual”" in row and '<input type="radio"' not in row
    assert address("agree", again.round, again.competency_id) in row


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_in_a_small_team_with_hidden_names_the_page_is_the_same_whatever_was_rated(
    small: Place, three: People, step: int
) -> None:
    held = an_open_spread(small, three, [step] * 3)
    page = client_of(three[1]).get(address("agree-together", held)).content.decode()
    assert "of us" not in page.split("<ol")[1].split("</ol>")[0] and " checked" not in page
    for item, competency in zip(items_of(held), few(small), strict=True):
        assert all(each in row_of(page, item.id) for each in competency.steps)
    assert "it would give away what each of you chose" in page and "Agree on those with a step" in page


def test_in_a_small_team_one_step_each_and_one_press_agree_on_all(small: Place, three: People) -> None:
    held = an_open_spread(small, three, [3] * 3)
    client = client_of(three[1])
    page = client.get(address("agree-together", held)).content.decode()
    reason = page.split('id="reason"')[1].split(">")[1].split("<")[0]
    items = list(items_of(held))
    assert client.post(address("agree-together", held), sent(items, "3", reason)).status_code == 302
    assert [each.after for each in Decision.objects.all()] == ["in-progress"] * 3


def test_whoever_does_not_decide_has_no_form(place: Place, held: Round, learner: Membership) -> None:
    answer = client_of(learner).post(address("agree-together", held), sent(list(items_of(held))))
    assert answer.status_code in (403, 404) and states(held) == ["open"] * 3
