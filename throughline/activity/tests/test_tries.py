"""Guessing is slowed down, over every process; nobody waits for what somebody else did."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from throughline.activity.housekeeping import TRIES_FOR, forget_tries
from throughline.activity.models import Tries
from throughline.activity.tries import NO_WAIT, Lock, Patience, knock
from throughline.kit import clock

HOURS = timedelta(hours=1)
FEW = Patience(3, timedelta(seconds=10), timedelta(minutes=1), forgets_one_in=timedelta(hours=10))
MANY = Patience(50, timedelta(seconds=10), timedelta(minutes=1), forgets_one_in=timedelta(minutes=10))
LOCK = Lock("test", device=FEW, here=FEW, address=MANY, everywhere=MANY)


def wrong(times: int, address: str = "a", device: str = "", what: str = "x") -> list[timedelta]:
    return [knock(LOCK, what, address=address, device=device).wait for _each in range(times)]


@pytest.mark.django_db
def test_the_first_wrong_tries_cost_nothing_and_then_each_costs_twice_as_long() -> None:
    later = clock.now()
    with clock.standing_at(later):
        assert wrong(4) == [NO_WAIT] * 3 + [timedelta(seconds=10)]
    for expected in (20, 40, 60, 60):
        later += timedelta(minutes=2)
        with clock.standing_at(later):
            assert wrong(1) == [NO_WAIT]
            assert abs(wrong(1)[0] - timedelta(seconds=expected)) < timedelta(seconds=1)


@pytest.mark.django_db
def test_waiting_in_vain_does_not_make_it_longer() -> None:
    with clock.standing_at(clock.now()):
        wrong(3)
        assert set(wrong(100)) == {timedelta(seconds=10)}


@pytest.mark.django_db
def test_one_address_does_not_slow_another_and_one_secret_not_another() -> None:
    wrong(30)
    assert wrong(1, address="b") == [NO_WAIT] and wrong(1, what="y") == [NO_WAIT]


@pytest.mark.django_db
def test_many_addresses_together_are_slowed_but_never_a_known_device() -> None:
    for number in range(60):
        wrong(1, address=str(number))
    assert wrong(1, address="fresh") != [NO_WAIT]
    assert wrong(1, address="fresh", device="mine") == [NO_WAIT]


@pytest.mark.django_db
def test_a_known_device_that_guesses_is_a_stranger_after_its_own_wrong_tries() -> None:
    assert wrong(6, device="mine") == [NO_WAIT] * 6
    assert wrong(1, device="mine") != [NO_WAIT]
    assert wrong(1, device="another", address="b") == [NO_WAIT]


@pytest.mark.django_db
def test_the_right_one_begins_anew_here_and_hides_nothing_of_others() -> None:
    wrong(2)
    knock(LOCK, "x", address="a").right()
    assert wrong(3) == [NO_WAIT] * 3 and wrong(1) != [NO_WAIT]
    levels = sorted(round(level) for level in Tries.objects.values_list("level", flat=True))
    assert levels == [3, 5, 5]


@pytest.mark.django_db
def test_a_row_tells_no_account_and_no_address_and_goes_in_time() -> None:
    knock(LOCK, "amara@example.org", address="192.0.2.1", device="d1")
    knock(LOCK, "amara@example.org", address="192.0.2.1")
    said = repr(list(Tries.objects.values_list()))
    assert "amara" not in said and "192.0.2.1" not in said
    with clock.standing_at(clock.now() + TRIES_FOR + HOURS):
        forget_tries()
    assert not Tries.objects.exists()


@given(st.floats(0, 1e6), st.integers(0, 10**6))
def test_waits_grow_with_the_count_and_end(level: float, seconds: int) -> None:
    assert NO_WAIT <= FEW.wait(level) <= FEW.wait(level + 1) <= FEW.longest
    assert 0 <= FEW.level(level, timedelta(seconds=seconds)) <= level


@pytest.mark.django_db(transaction=True)
def test_many_at_once_gain_nothing() -> None:
    def one(_number: int) -> timedelta:
        try:
            return knock(LOCK, "x", address="a").wait
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(one, range(24)))
    assert waits.count(NO_WAIT) == FEW.free
