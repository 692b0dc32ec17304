"""What a policy needs next: one thing, the most pressing first. Plain values in, words out."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOON = timedelta(days=30)


class Next(StrEnum):
    """What could be next."""

    NOTHING = "nothing"
    WRITE = "write"
    REVIEW = "review"
    OWNER = "owner"
    SAYS = "says"
    ADOPT = "adopt"
    SOON = "soon"
    DATE = "date"


WORDS: dict[Next, str | Promise] = {
    Next.NOTHING: "",
    Next.WRITE: _("Bring in what it says: its words, a link or a file."),
    Next.REVIEW: _("Its day to be looked at again has passed."),
    Next.OWNER: _("Find somebody who looks after it."),
    Next.SAYS: _("Compare it with what the journey needs it to say."),
    Next.ADOPT: _("Its newest words have not been adopted yet."),
    Next.SOON: _("The day to look at it again is near."),
    Next.DATE: _("Set a day to look at it again."),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What counts for what is next."""

    state: str
    has_owner: bool
    has_words: bool
    adopted: bool
    review_on: date | None
    needed: bool
    says: str


def next_of(policy: Known, today: date) -> Next:
    """The one thing that is next. A policy that is no longer in force needs nothing."""
    due = policy.review_on
    steps = (
        (policy.state == "ended", Next.NOTHING),
        (due is not None and due < today, Next.REVIEW),
        (not policy.has_words, Next.WRITE),
        (not policy.has_owner, Next.OWNER),
        (policy.needed and policy.says != "yes", Next.SAYS),
        (not policy.adopted, Next.ADOPT),
        (due is not None and due <= today + SOON, Next.SOON),
        (due is None, Next.DATE),
    )
    return next((step for true, step in steps if true), Next.NOTHING)
