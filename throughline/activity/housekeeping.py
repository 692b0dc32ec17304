"""What this room forgets in time."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from throughline.activity.chores import chore
from throughline.activity.keeping import KEPT_FOR
from throughline.activity.models import KeptForm, OutgoingMail, Receipt, Tries
from throughline.kit import clock

RECEIPTS_FOR = timedelta(days=7)
LETTERS_FOR = timedelta(days=90)
TRIES_FOR = timedelta(days=3)


@chore("activity.forget-receipts", every=timedelta(hours=6))
def forget_receipts() -> None:
    """A form is not posted again after a week."""
    Receipt.objects.filter(at__lt=clock.now() - RECEIPTS_FOR).delete()


@chore("activity.forget-letters", every=timedelta(hours=6))
def forget_letters() -> None:
    """Letters that went out or were given up are kept for a while, for questions; then their addresses go."""
    past = clock.now() - LETTERS_FOR
    OutgoingMail.objects.filter(sent_at__lt=past).delete()
    OutgoingMail.objects.filter(given_up_at__lt=past).delete()


@chore("activity.forget-sign-ins", every=timedelta(hours=6))
def forget_sign_ins() -> None:
    """Sign-ins that have run out."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()


@chore("activity.forget-tries", every=timedelta(hours=6))
def forget_tries() -> None:
    """After three quiet days nothing is left of any count (`tries.Patience`)."""
    Tries.objects.filter(at__lt=clock.now() - TRIES_FOR).delete()


@chore("activity.forget-typed", every=timedelta(hours=1))
def forget_typed() -> None:
    """What was typed and never fetched."""
    KeptForm.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
