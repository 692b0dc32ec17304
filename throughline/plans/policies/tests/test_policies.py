"""The register of policies: who may do what, and revisions that stay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import Error, transaction

from throughline.activity.models import Event
from throughline.files.queries import files_visible_to, forgotten_files
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.models import LogEntry, Policy, PolicyRevision
from throughline.plans.policies.actions import (
    About,
    Wording,
    add_policy,
    change_policy,
    look_again,
    revise_policy,
)
from throughline.plans.policies.queries import compared, register, revisions_of
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
LONG_AGO = date(2019, 5, 14)


def revise(policy: Policy, by: Membership, text: str, **more: object) -> PolicyRevision:
    """A revision in words."""
    return revise_policy(policy=policy, says=Wording(text), by=by, **more)  # type: ignore[arg-type]


def test_only_those_who_change_the_plan_add_policies(team: Membership, educator: Membership) -> None:
    add_policy(about=About("Attendance"), by=team)
    with pytest.raises(Refused):
        add_policy(about=About("Attendance"), by=educator)


def test_the_owner_looks_after_it_and_another_educator_does_not(
    policy: Policy, educator: Membership, learner: Membership, lead: Membership
) -> None:
    revise(policy, educator, "Credit is given for hours.")
    change_policy(policy=policy, about=About("How credit is given", owner=lead), by=educator)
    with pytest.raises(Refused):
        revise(policy, educator, "Something else", reason="No longer mine.")


@pytest.mark.parametrize(
    ("about", "wrong"),
    [
        (About("  "), "title"),
        (About("A", state="nonsense"), "state"),
        (About("A", says="perhaps"), "says"),
        (About("A", needed="x" * 2001), "needed"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(about: About, wrong: str, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        add_policy(about=about, by=lead)
    assert wrong in told.value.message_dict


def test_a_learner_owns_no_policy(lead: Membership, learner: Membership) -> None:
    with pytest.raises(ValidationError):
        add_policy(about=About("Attendance", owner=learner), by=lead)


def test_a_body_adopted_it_long_ago_and_the_log_of_the_plan_stands_on_that_day(
    policy: Policy, lead: Membership
) -> None:
    made = revise(policy, lead, "Credit is for hours.", adopted_by="School board", adopted_on=LONG_AGO)
    assert (made.number, made.adopted_by, made.adopted_on) == (1, "School board", LONG_AGO)
    entry = LogEntry.objects.get(policy=policy)
    assert (entry.kind, entry.on) == ("decided", LONG_AGO)
    assert Event.objects.filter(verb="plan.policy-adopted").count() == 1


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"adopted_by": "Board"}, "adopted_on"),
        ({"adopted_on": LONG_AGO}, "adopted_by"),
        ({"adopted_by": "Board", "adopted_on": date(2999, 1, 1)}, "adopted_on"),
    ],
)
def test_an_adoption_has_a_body_and_a_day_that_has_come(
    policy: Policy, lead: Membership, more: dict[str, object], wrong: str
) -> None:
    with pytest.raises(ValidationError) as told:
        revise(policy, lead, "Words", **more)
    assert wrong in told.value.message_dict


def test_every_later_revision_says_why_and_says_something_else(policy: Policy, lead: Membership) -> None:
    revise(policy, lead, "Credit is for hours.")
    with pytest.raises(ValidationError) as told:
        revise(policy, lead, "Credit is for what was shown.")
    assert "reason" in told.value.message_dict
    with pytest.raises(ValidationError) as told:
        revise(policy, lead, "Credit is for hours.", reason="No reason")
    assert "text" in told.value.message_dict
    again = {"reason": "The board agreed.", "adopted_by": "Board", "adopted_on": clock.today()}
    assert revise(policy, lead, "Credit is for hours.", **again).number == 2


def test_a_policy_says_nothing_or_something_real(policy: Policy, lead: Membership) -> None:
    for says in (Wording(), Wording(link="javascript:alert(1)"), Wording("x" * 100_001)):
        with pytest.raises(ValidationError):
            revise_policy(policy=policy, says=says, by=lead)
    made = revise_policy(policy=policy, says=Wording(link="https://school.example/credit.pdf"), by=lead)
    assert made.link == "https://school.example/credit.pdf"


def test_a_file_is_seen_by_the_staff_only_and_stays_when_it_is_adopted(
    policy: Policy, lead: Membership, educator: Membership, family: Membership
) -> None:
    says = Wording(file=ContentFile(b"Credit is for hours.", name="credit.txt"))
    first = revise_policy(policy=policy, says=says, by=lead)
    more = {"reason": "Adopted.", "adopted_by": "Board", "adopted_on": clock.today()}
    second = revise(policy, lead, "", **more)
    assert second.file_id == first.file_id is not None
    assert files_visible_to(seat_of(educator)).filter(pk=first.file_id).exists()
    assert not files_visible_to(seat_of(family)).filter(pk=first.file_id).exists()
    with clock.standing_at(clock.now() + timedelta(days=3)):
        assert not forgotten_files().filter(pk=first.file_id).exists()


def test_revisions_cannot_be_changed_or_deleted(policy: Policy, lead: Membership) -> None:
    made = revise(policy, lead, "Credit is for hours.")
    for act in (
        lambda: PolicyRevision.objects.filter(pk=made.pk).update(text="Other"),
        lambda: PolicyRevision.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(Error), transaction.atomic():
            act()


def test_what_was_adopted_is_in_force_and_what_was_wanted_is_looked_at(lead: Membership) -> None:
    policy = add_policy(about=About("Grading", state="wanted"), by=lead)
    revise(policy, lead, "Grades say what was learned.")
    policy.refresh_from_db()
    assert policy.state == "under-review"
    look_again(policy=policy, next_on=clock.today() + timedelta(days=9), by=lead)
    policy.refresh_from_db()
    assert policy.state == "under-review"
    done = {"reason": "It was agreed.", "adopted_by": "Board", "adopted_on": clock.today()}
    revise(policy, lead, "Grades say what was learned.", **done)
    policy.refresh_from_db()
    assert policy.state == "in-force"


def test_looking_again_sets_the_next_day_and_is_in_the_log_of_the_plan(
    policy: Policy, educator: Membership
) -> None:
    day = clock.today() + timedelta(days=365)
    look_again(policy=policy, next_on=day, text="Still right.", says="partly", by=educator)
    policy.refresh_from_db()
    assert (policy.review_on, policy.says) == (day, "partly")
    assert LogEntry.objects.get(policy=policy).text == "Still right."
    with pytest.raises(ValidationError):
        look_again(policy=policy, next_on=clock.today(), by=educator)


def test_two_revisions_are_compared_word_by_word(policy: Policy, lead: Membership) -> None:
    revise(policy, lead, "Credit is given for hours.\n\nNobody is asked twice.")
    revise(policy, lead, "Credit is given for mastery.\n\nNobody is asked twice.", reason="Agreed.")
    new, old = revisions_of(policy)
    found = compared(old, new)
    assert [row.kind for row in found.rows] == ["changed", "same"]
    assert ("gone", "hours") in found.rows[0].pieces and ("new", "mastery") in found.rows[0].pieces


def test_the_register_is_narrowed_by_state_day_owner_and_competency(
    policy: Policy, lead: Membership, educator: Membership
) -> None:
    soon = clock.today() + timedelta(days=20)
    add_policy(about=About("Attendance", state="under-review", review_on=soon), by=lead)
    add_policy(about=About("Bells", state="ended", review_on=soon), by=lead)
    seat = seat_of(educator)
    served = policy.serves.get().competency_id

    def titles(**narrowed: object) -> list[str]:
        return [row.policy.title for row in register(seat, **narrowed)]  # type: ignore[arg-type]

    assert titles() == ["Attendance", "Bells", "How credit is given"]
    assert titles(show="due") == titles(show="under-review") == ["Attendance"]
    assert titles(show="mine") == titles(competency=served) == ["How credit is given"]


def test_families_and_learners_see_no_register(
    policy: Policy, family: Membership, learner: Membership
) -> None:
    assert register(seat_of(family)) == register(seat_of(learner)) == []
