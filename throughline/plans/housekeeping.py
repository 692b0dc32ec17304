"""What the plan does by itself: let go of what is kept about people no longer than it is needed."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.plans.calendars.actions import forget_feeds
from throughline.plans.families.forgetting import forget_questions
from throughline.plans.mentoring.forgetting import forget_pairs
from throughline.plans.professional.forgetting import forget
from throughline.plans.reminders.actions import forget_links
from throughline.plans.reminders.digests import begin_reminding, send_digests
from throughline.plans.tables.actions import forget_tables
from throughline.plans.weekly.actions import end_forgotten


@chore("plans.forget-calendars", every=timedelta(minutes=5))
def forget_calendars() -> None:
    """An address of somebody who has left is worth nothing at once; here its row goes."""
    forget_feeds()


@chore("plans.send-digests", every=timedelta(minutes=5))
def send_reminders() -> None:
    """Each letter is queued once, however often this runs."""
    begin_reminding()
    send_digests()


@chore("plans.forget-done-links", every=timedelta(minutes=5))
def forget_done_links() -> None:
    """A link of a letter that does nothing any more goes."""
    forget_links()


@chore("plans.forget-learning", every=timedelta(hours=12))
def forget_learning() -> None:
    """Who signed up and did not come, and what people who left wrote for themselves."""
    forget()


@chore("plans.forget-questions", every=timedelta(hours=12))
def forget_family_questions() -> None:
    """What families asked and the school left out."""
    forget_questions()


@chore("plans.end-weekly", every=timedelta(minutes=30))
def end_weekly() -> None:
    """A weekly meeting that was left open for twelve hours is over."""
    end_forgotten()


@chore("plans.forget-pairs", every=timedelta(hours=6))
def forget_mentoring() -> None:
    """A pair ends when one of the two leaves; what an ended pair wrote goes on the day that both were told."""
    forget_pairs()


@chore("plans.forget-tables", every=timedelta(hours=12))
def forget_plan_tables() -> None:
    """Tables that somebody brought and never put into the plan."""
    forget_tables()
