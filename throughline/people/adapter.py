"""How django-allauth behaves here: no open registration, and every letter goes through the queue."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughline.activity.tries import Knock
from throughline.people.devices import PASSWORD, another_way, knock_at, too_soon
from throughline.people.letters import language_of, queue_letter

log = logging.getLogger("throughline.people")


class PeopleAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation or the first-run page, never by signing up."""

    knock: Knock

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("That email address and password do not match."),
        "incorrect_code": _("That is not the code we sent. Check your newest email."),
        "enter_current_password": _("That is not your current password."),
        "too_many_login_attempts": _("Too many tries. Please wait a few minutes and try again."),
        "rate_limited": _("Too many tries. Please wait a few minutes and try again."),
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        """Every answer is a page."""
        return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Whether the address is known or not, one row is written: the answer takes the same time."""
        known = {key: value for key, value in context.items() if key != "request"}
        queue_letter(template_prefix, to=email, context=known, language=language_of(email))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The product's own address, never the one that a request claims to have been sent to."""
        known = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_ADDRESS + known.replace("UID-KEY", key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:me")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """In place of allauth's limits, which a stranger could use to keep the owner out."""
        self.knock = knock_at(PASSWORD, request, credentials.get("email", ""))
        if self.knock.wait:
            raise too_soon(self.knock, another_way())

    def _rollback_login_failed_rl_usage(self) -> None:
        """Called by allauth when the password was right."""
        self.knock.right()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Called by allauth after a new password: our counts run out by themselves."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """For the operator's own log; the address is left out, since people type passwords into it by mistake."""
        log.warning("A sign-in failed.")
