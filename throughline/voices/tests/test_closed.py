"""The closed listening that other tests begin with."""

import pytest

from throughline.voices.figures.queries import figures_of
from throughline.voices.figures.reading import result_of
from throughline.voices.models import Listening
from throughline.voices.policy import results_open

pytestmark = pytest.mark.django_db


def test_its_results_are_open_and_hold_something_to_hide(closed_one: Listening) -> None:
    assert results_open(closed_one)
    figures = figures_of(closed_one)
    assert figures is not None
    result = result_of(figures)
    assert [each.key for each in result.units] == [
        "learner-invited",
        "learner-link",
        "family-link",
        "educator-invited",
    ]
    assert result.too_small == ("board",)
