"""One answer guards the verb, shows the button and explains itself; every view has a declared door."""

import pytest
from django.utils.translation import gettext_lazy, override

from throughline.kit.access import Door, door_of, open_to
from throughline.kit.verdict import ALLOWED, Refused, refuse


def test_a_yes_is_true_and_lets_pass() -> None:
    assert ALLOWED
    ALLOWED.enforce()


def test_a_no_is_false_and_says_why() -> None:
    verdict = refuse("The round is closed.")
    assert not verdict
    with pytest.raises(Refused, match=r"The round is closed\."):
        verdict.enforce()


def test_the_reason_is_said_in_the_language_of_the_moment() -> None:
    verdict = refuse(gettext_lazy("Yes"))
    with override("es"):
        assert str(verdict.reason) == "Sí"


def test_a_view_without_a_door_has_none() -> None:
    def view() -> None: ...

    assert door_of(view) is None
    assert door_of(open_to(Door.MEMBER)(view)) is Door.MEMBER
