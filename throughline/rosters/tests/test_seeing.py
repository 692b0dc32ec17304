"""Who sees which learner, on which day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.rosters.classes.actions.guardians import add_guardian, end_guardianship
from throughline.rosters.classes.actions.sections import (
    add_section,
    archive_section,
    end_enrollment,
    enroll,
)
from throughline.rosters.models import Enrollment, Section
from throughline.rosters.policy import Tie
from throughline.rosters.queries import (
    children_of,
    educators_of,
    learners_in,
    learners_of,
    listed_sections,
    may_see_learner,
    taught_sections,
)
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import seat_of
from throughline.testing import make_member

pytestmark = pytest.mark.django_db

SINCE = date(2026, 1, 5)


class Place:
    """A school with a class, an advisory group, and an educator, two learners and a guardian for each."""

    def __init__(self, school: Organisation, lead: Membership) -> None:
        self.lead = lead
        self.teacher, self.adviser = (make_member(school, name, Role.EDUCATOR) for name in ("Tess", "Ada"))
        self.mine, self.others = (make_member(school, name, Role.LEARNER) for name in ("Lin", "Omar"))
        self.parent = make_member(school, "Pat", Role.FAMILY)
        self.a_class = add_section(kind="class", name="Biology", by=lead)
        self.advisory = add_section(kind="advisory", name="Ada’s group", by=lead)
        self.enrolled = self.put(self.a_class, self.mine)
        self.put(self.advisory, self.others)
        self.teaching = self.put(self.a_class, self.teacher, "educator")
        self.put(self.advisory, self.adviser, "educator")
        self.tie = add_guardian(learner=self.mine, guardian=self.parent, from_on=SINCE, by=lead)

    def put(self, section: Section, member: Membership, part: str = "learner") -> Enrollment:
        [row] = enroll(section=section, members=[member], part=part, from_on=SINCE, by=self.lead)
        return row


@pytest.fixture
def place(school: Organisation, lead: Membership) -> Place:
    return Place(school, lead)


def seen(member: Membership) -> list[str]:
    return sorted(each.name for each in learners_of(seat_of(member)))


def test_each_sees_their_own_learners_and_nobody_else(place: Place, school: Organisation) -> None:
    assert seen(place.teacher) == ["Lin"]
    assert seen(place.adviser) == ["Omar"]
    assert seen(place.parent) == ["Lin"]
    assert seen(place.mine) == ["Lin"]
    assert seen(place.lead) == ["Lin", "Omar"]
    assert seen(make_member(school, "Rae", Role.REGISTRAR)) == ["Lin", "Omar"]
    for role in (Role.TEAM, Role.BOARD, Role.EDUCATOR, Role.FAMILY, Role.COMMUNITY):
        assert seen(make_member(school, f"Some {role}", role)) == []


def test_the_reason_says_the_nearest_tie(place: Place) -> None:
    def tie(member: Membership, learner: Membership) -> Tie | None:
        return may_see_learner(seat_of(member), learner).tie

    assert tie(place.mine, place.mine) is Tie.SELF
    assert tie(place.parent, place.mine) is Tie.GUARDIAN
    assert tie(place.teacher, place.mine) is Tie.EDUCATOR
    assert tie(place.lead, place.mine) is Tie.KEEPER
    refused = may_see_learner(seat_of(place.teacher), place.others)
    assert not refused and "educators of their classes" in str(refused.reason)
    with pytest.raises(Refused):
        may_see_learner(seat_of(place.parent), place.others).enforce()


def test_a_former_guardian_sees_nothing_from_that_moment_on(place: Place) -> None:
    end_guardianship(guardianship=place.tie, by=place.lead)
    assert seen(place.parent) == []
    assert not children_of(seat_of(place.parent)).exists()
    assert not may_see_learner(seat_of(place.parent), place.mine)


def test_an_educator_sees_nobody_after_their_own_or_the_learners_time(place: Place) -> None:
    today = clock.today()
    end_enrollment(enrollment=place.enrolled, until_on=today, by=place.lead)
    assert seen(place.teacher) == []
    place.put(place.a_class, place.mine)
    assert seen(place.teacher) == ["Lin"]
    end_enrollment(enrollment=place.teaching, until_on=today, by=place.lead)
    assert seen(place.teacher) == []


def test_an_archived_class_opens_nothing(place: Place) -> None:
    archive_section(section=place.a_class, by=place.lead)
    assert seen(place.teacher) == []
    assert not may_see_learner(seat_of(place.teacher), place.mine)


def test_what_is_to_come_is_not_seen_yet(place: Place) -> None:
    later = clock.today() + timedelta(days=3)
    [row] = enroll(section=place.a_class, members=[place.others], from_on=later, by=place.lead)
    assert seen(place.teacher) == ["Lin"]
    assert sorted(each.name for each in learners_of(seat_of(place.teacher), later)) == ["Lin", "Omar"]
    end_enrollment(enrollment=row, until_on=clock.today(), by=place.lead)
    assert list(learners_of(seat_of(place.teacher), later).values_list("name", flat=True)) == ["Lin"]


def test_a_role_that_was_taken_away_opens_nothing(place: Place) -> None:
    place.teacher.holdings.all().delete()
    assert seen(place.teacher) == []


def test_coming_back_leaves_what_has_been(place: Place) -> None:
    end_enrollment(enrollment=place.enrolled, until_on=date(2026, 2, 1), by=place.lead)
    enroll(section=place.a_class, members=[place.mine], from_on=date(2026, 3, 1), by=place.lead)
    kept = Enrollment.objects.filter(section=place.a_class, member=place.mine).order_by("from_on")
    assert [(row.from_on.month, row.until_on) for row in kept] == [(1, date(2026, 2, 1)), (3, None)]


def test_each_read_is_one_question_however_many_there_are(
    place: Place, school: Organisation, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(30):
        place.put(place.a_class, make_member(school, f"Learner {number}", Role.LEARNER))
    seat = seat_of(place.teacher)
    with django_assert_num_queries(1):
        assert len(learners_of(seat)) == 31
    with django_assert_num_queries(1):
        assert len(learners_in(seat, place.a_class.pk)) == 31
    with django_assert_num_queries(1):
        assert [each.name for each in taught_sections(seat)] == ["Biology"]
    with django_assert_num_queries(1):
        [found] = listed_sections(seat)
    assert found.learner_count == 31  # type: ignore[attr-defined]
    with django_assert_num_queries(1):
        assert [each.name for each in educators_of(place.mine)] == ["Tess"]
    with django_assert_num_queries(2):
        assert may_see_learner(seat, place.mine)
