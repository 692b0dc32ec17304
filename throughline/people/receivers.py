"""What follows when django-allauth says that somebody signed in or changed a password."""

from typing import Any

from allauth.account import signals
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from throughline.activity.actions import record
from throughline.people.actions import prove_address
from throughline.people.letters import queue_letter
from throughline.people.models import Person


def connect() -> None:
    """Listen, once."""
    signals.authentication_step_completed.connect(_step_taken, dispatch_uid="people-step")
    user_logged_in.connect(_opened, dispatch_uid="people-opened")
    user_logged_out.connect(_left, dispatch_uid="people-left")
    signals.user_logged_in.connect(_signed_in, dispatch_uid="people-signed-in")
    signals.password_changed.connect(_password_changed, dispatch_uid="people-password-changed")
    signals.password_set.connect(_password_changed, dispatch_uid="people-password-set")
    signals.password_reset.connect(_password_reset, dispatch_uid="people-password-reset")


def _step_taken(request: HttpRequest, user: Person, method: str, **more: Any) -> None:
    if method == "code" and prove_address(person=user):
        messages.info(
            request,
            _(
                "You have just confirmed for the first time that this address is yours. To keep anyone else out, "
                "the old password no longer works. You can choose a new one in your settings."
            ),
        )


def _opened(request: HttpRequest | None, user: Person, **more: Any) -> None:
    """Whichever door it was (`middleware.ComingAndGoing`)."""
    if request is not None:
        request.just_signed_in = user  # type: ignore[attr-defined]


def _left(request: HttpRequest | None, **more: Any) -> None:
    if request is not None:
        request.just_signed_out = True  # type: ignore[attr-defined]


def _signed_in(user: Person, **more: Any) -> None:
    record("person.signed-in", organisation_id=None, actor_id=user.pk, actor_name=user.name, subject=user)


@transaction.atomic
def _password_changed(user: Person, **more: Any) -> None:
    record(
        "person.password-changed", organisation_id=None, actor_id=user.pk, actor_name=user.name, subject=user
    )
    queue_letter(
        "account/email/password_changed", to=user.email, context={"user": user}, language=user.language
    )


def _password_reset(user: Person, **more: Any) -> None:
    prove_address(person=user, keep_password=True)
    _password_changed(user=user)
