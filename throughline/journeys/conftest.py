"""The shipped framework, published for the room's tests, and a leadership team."""

from collections.abc import Callable

import pytest

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.tests import running
from throughline.journeys.tests.running import Ground
from throughline.journeys.tests.steps import ALIKE, a_place, an_open_spread
from throughline.schools.models import Membership


@pytest.fixture
def three(lead: Membership, team: Membership, educator: Membership) -> list[Membership]:
    """A small team: Amara, Jonas and Mei."""
    return [lead, team, educator]


@pytest.fixture
def six(three: list[Membership], make_one: Callable[..., Membership]) -> list[Membership]:
    """A team of six."""
    return [*three, *(make_one(name, "educator") for name in ("Ida Berg", "Omar Aziz", "Lin Wei"))]


@pytest.fixture
def place(lead: Membership, six: list[Membership], journey_version: FrameworkVersion) -> Place:
    """The lead's place in a journey on which all six rate and decide."""
    return a_place(lead, journey_version, six)


@pytest.fixture
def small(lead: Membership, three: list[Membership], journey_version: FrameworkVersion) -> Place:
    """The lead's place in a journey of three."""
    return a_place(lead, journey_version, three)


@pytest.fixture
def held(place: Place, six: list[Membership]) -> Round:
    """A round in which all six see it alike, at the moment the team agrees."""
    return an_open_spread(place, six, ALIKE)


@pytest.fixture
def item(held: Round) -> RoundItem:
    """The first competency on the table."""
    return items_of(held)[0]


@pytest.fixture
def split(place: Place, six: list[Membership]) -> Round:
    """A round in which they see it in two ways, at the moment the team agrees."""
    return an_open_spread(place, six, [1, 1, 1, 4, 4, 4])


@pytest.fixture
def ground(
    journey_version: FrameworkVersion, lead: Membership, team: Membership, learner: Membership
) -> Ground:
    """Lead, leadership team and a learner are on the team."""
    return running.begin(journey_version, [lead, team, learner])
