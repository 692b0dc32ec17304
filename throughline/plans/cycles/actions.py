"""Verbs of small tests: begin one, predict, begin a cycle, say what happened, decide what follows, try again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.cycles.checking import (
    MOST_CYCLES,
    MOST_TESTS,
    Found,
    Idea,
    Trial,
    wrong_ending,
    wrong_found,
    wrong_idea,
    wrong_trial,
)
from throughline.plans.cycles.policy import may_run_test
from throughline.plans.log import tell
from throughline.plans.models import Cycle, LogEntry, SmallTest
from throughline.plans.policy import may_change_plan
from throughline.plans.serving import serve_exactly
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.ui.asseen import said_meanwhile


@transaction.atomic
def add_test(*, idea: Idea, trial: Trial, by: Membership) -> SmallTest:
    """Put a small test into the plan, with its first cycle: the change, and what is expected. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    about, first = idea.cleaned(), trial.cleaned()
    if errors := wrong_idea(about, by) | wrong_trial(first):
        raise ValidationError(errors)
    if SmallTest.objects.filter(organisation=by.organisation_id).count() >= MOST_TESTS:
        raise ValidationError(_("A plan can have at most %(most)d small tests.") % {"most": MOST_TESTS})
    test = SmallTest(organisation_id=by.organisation_id, made_by=by)
    _keep_idea(test, about, by)
    _add_cycle(test, 1, first, by)
    note("plan.test-added", by=by, subject=test, title=test.title)
    return test


def _keep_idea(test: SmallTest, idea: Idea, by: Membership) -> None:
    for name in ("title", "question", "goal", "owner"):
        setattr(test, name, getattr(idea, name))
    test.save()
    serve_exactly(test, idea.competencies, by)


def _add_cycle(test: SmallTest, number: int, trial: Trial, by: Membership) -> Cycle:
    return Cycle.objects.create(
        organisation_id=test.organisation_id,
        test=test,
        number=number,
        change=trial.change,
        prediction=trial.prediction,
        starts_on=trial.starts_on,
        ends_on=trial.ends_on,
        made_by=by,
    )


def _held(test: SmallTest, by: Membership) -> SmallTest:
    held = SmallTest.objects.select_for_update(of=("self",)).get(
        pk=test.pk, organisation_id=test.organisation_id
    )
    may_run_test(held, by).enforce()
    return held


def _held_cycle(cycle: Cycle, by: Membership, seen_version: int | None = None) -> Cycle:
    """The cycle as it stands now; its test is kept from others, so that two come one after the other."""
    _held(cycle.test, by)
    held = Cycle.objects.select_related("test").get(pk=cycle.pk, organisation_id=cycle.organisation_id)
    if seen_version not in (None, held.version):
        raise ValidationError(said_meanwhile())
    return held


@transaction.atomic
def change_test(*, test: SmallTest, idea: Idea, by: Membership, seen_version: int | None = None) -> SmallTest:
    """Change what a small test is about. Raises `ValidationError`."""
    held = _held(test, by)
    if seen_version not in (None, held.version):
        raise ValidationError(said_meanwhile())
    about = idea.cleaned()
    if errors := wrong_idea(about, by, held.owner_id):
        raise ValidationError(errors)
    held.version += 1
    _keep_idea(held, about, by)
    note("plan.test-changed", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def change_cycle(*, cycle: Cycle, trial: Trial, by: Membership, seen_version: int | None = None) -> Cycle:
    """Change what a cycle tries and what is expected of it.

    Once it has begun, only the day on which it ends can move: a prediction that may be changed afterwards predicts nothing.
    Raises `ValidationError`.
    """
    held = _held_cycle(cycle, by, seen_version)
    new = trial.cleaned()
    if held.ended_on is not None:
        raise ValidationError(_("This cycle has ended. What it says stays as it is."))
    errors = wrong_trial(new)
    if held.begun_at is not None:
        kept = _("This stays as it was when the cycle began.")
        fixed = ("change", "prediction", "starts_on")
        errors |= {name: kept for name in fixed if getattr(new, name) != getattr(held, name)}
    if errors:
        raise ValidationError(errors)
    for name in ("change", "prediction", "starts_on", "ends_on"):
        setattr(held, name, getattr(new, name))
    held.version += 1
    held.save()
    note("plan.test-changed", by=by, subject=held.test, title=held.test.title)
    return held


@transaction.atomic
def begin_cycle(*, cycle: Cycle, by: Membership, on: date | None = None) -> Cycle:
    """Begin to try: from here on the prediction stays as it is. Needs one. Raises `ValidationError`."""
    held = _held_cycle(cycle, by)
    if held.begun_at is not None:
        return held
    day = on or clock.today()
    if not held.prediction:
        raise ValidationError({"prediction": _("Say first what you expect to happen.")})
    if day > clock.today():
        raise ValidationError({"on": _("This day hasn’t come yet.")})
    held.begun_at, held.starts_on, held.version = clock.now(), day, held.version + 1
    if held.ends_on is not None and held.ends_on < day:
        held.ends_on = None
    held.save()
    _tell(held, LogEntry.Kind.HAPPENED, day, {"cycle_begun": [None, held.number]}, by)
    note("plan.cycle-begun", by=by, subject=held.test, title=held.test.title, number=held.number)
    return held


def _tell(cycle: Cycle, kind: str, on: date, data: dict[str, object], by: Membership, text: str = "") -> None:
    tell(by=by, kind=kind, text=text, on=on, data=data, test=cycle.test, goal=cycle.test.goal)


def _still_tried(cycle: Cycle) -> None:
    if cycle.begun_at is None:
        raise ValidationError(_("This cycle has not begun yet."))
    if cycle.ended_on is not None:
        raise ValidationError(_("This cycle has ended. What it says stays as it is."))


@transaction.atomic
def say_found(*, cycle: Cycle, found: Found, by: Membership, seen_version: int | None = None) -> Cycle:
    """Keep what happened so far; the cycle goes on. Raises `ValidationError`."""
    held = _held_cycle(cycle, by, seen_version)
    _still_tried(held)
    said = found.cleaned()
    if errors := wrong_found(said):
        raise ValidationError(errors)
    _write(held, said)
    held.save()
    note("plan.cycle-told", by=by, subject=held.test, title=held.test.title, number=held.number)
    return held


def _write(cycle: Cycle, found: Found) -> None:
    cycle.happened, cycle.compared, cycle.learned = found.happened, found.compared, found.learned
    cycle.version += 1


@transaction.atomic
def end_cycle(
    *,
    cycle: Cycle,
    found: Found,
    outcome: str,
    by: Membership,
    on: date | None = None,
    seen_version: int | None = None,
) -> Cycle:
    """Say what was learned and what follows: adopt, adapt or abandon. Adapting carries over into the next cycle.

    Raises `ValidationError`.
    """
    held = _held_cycle(cycle, by, seen_version)
    _still_tried(held)
    said, day = found.cleaned(), on or clock.today()
    if errors := wrong_ending(said, outcome, day, held):
        raise ValidationError(errors)
    _write(held, said)
    held.outcome, held.ended_on = outcome, day
    held.save()
    _tell(held, LogEntry.Kind.LEARNED, day, {"outcome": [held.number, outcome]}, by, said.learned)
    words = str(held.get_outcome_display())
    note(
        "plan.cycle-ended",
        by=by,
        subject=held.test,
        title=held.test.title,
        number=held.number,
        outcome=words,
    )
    if outcome == Cycle.Outcome.ADAPT:
        _next(held, by)
    return held


def _next(last: Cycle, by: Membership) -> Cycle:
    """The next cycle with the change carried over; what is expected has to be said anew."""
    if last.number >= MOST_CYCLES:
        raise ValidationError(_("A small test can have at most %(most)d cycles.") % {"most": MOST_CYCLES})
    return _add_cycle(last.test, last.number + 1, Trial(last.change), by)


@transaction.atomic
def try_again(*, test: SmallTest, by: Membership) -> Cycle:
    """One more cycle of a test that was over, with the last change carried over. Raises `ValidationError`."""
    held = _held(test, by)
    last = Cycle.objects.filter(organisation=held.organisation_id, test=held).latest("number")
    last.test = held
    if last.ended_on is None:
        raise ValidationError(_("The last cycle has not ended yet."))
    made = _next(last, by)
    note("plan.test-again", by=by, subject=held, title=held.title, number=made.number)
    return made
