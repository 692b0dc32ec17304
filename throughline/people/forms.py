"""Forms for signing in and for the page about me."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughline.people.devices import LETTER, knock_at, too_soon
from throughline.people.places import PlaceField
from throughline.people.wording import ADDRESS_LIMIT, NAME_LIMIT
from throughline.ui.asseen import AsSeen

PASSWORD_LIMIT = 256
ADDRESS = _("Email address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("Type the new password again")


def _dress(form: forms.Form, **labels: Any) -> None:
    """Our labels, no placeholder (a label says it already), limits, and no help that is a link or a list."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
        limit = PASSWORD_LIMIT if isinstance(field.widget, forms.PasswordInput) else ADDRESS_LIMIT
        if isinstance(field, forms.CharField):
            field.max_length = limit
            field.widget.attrs["maxlength"] = str(limit)


def _letter_may_go(address: str) -> str:
    """Anybody can have letters sent to anybody: not too many, and the owner's own device goes first."""
    knock = knock_at(LETTER, context.request, address)
    if knock.wait:
        raise too_soon(knock)
    return address


def password_help() -> str:
    """What a good password needs, in one line. The validators say more when one is refused."""
    rules = get_default_password_validators()
    least = max((rule.min_length for rule in rules if isinstance(rule, MinimumLengthValidator)), default=1)
    return gettext(
        "At least %(n)d characters. Avoid common passwords and anything like your name or address."
    ) % {"n": least}


class _AsksForLetter(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, email=ADDRESS)

    def clean_email(self) -> str:
        return _letter_may_go(super().clean_email())  # type: ignore[misc]  # of the form that this stands before


class _NewPassword(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, password1=NEW_PASSWORD, password2=AGAIN)
        self.fields["password1"].help_text = password_help()


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, login=ADDRESS, password=PASSWORD)


class AskForCodeForm(_AsksForLetter, account.RequestLoginCodeForm):  # type: ignore[misc]
    """The address to which a one-time code goes."""


class GiveCodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, code=_("Code from the email"))
        self.fields["code"].widget.attrs.update({"autocapitalize": "characters", "spellcheck": "false"})


class AskForResetForm(_AsksForLetter, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link for a new password goes."""


class NewPasswordForm(_NewPassword, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after the link in the letter."""


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password from someone who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, oldpassword=_("Your current password"))


class FirstPasswordForm(_NewPassword, account.SetPasswordForm):  # type: ignore[misc]
    """A password for someone who has signed in by mail code so far."""


def language_choices(empty: Any) -> list[tuple[str, Any]]:
    """Each language in its own words; a reader who landed in the wrong one must find theirs."""
    own = {"en": "English (US)", "en-gb": "English (UK)", "es": "Español"}
    offered = [(code, own.get(code, str(name))) for code, name in settings.LANGUAGES]
    return [("", empty), *offered] if empty else offered


class ProfileForm(AsSeen, forms.Form):
    """Who I am to others, and how pages are shown to me."""

    name = forms.CharField(label=_("Your name, as others will see it"), max_length=NAME_LIMIT)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = PlaceField(
        label=_("Where you are"),
        required=False,
        help_text=_(
            "A city, state, or country, for times and dates. Leave it empty to use each school’s own time."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"].choices = language_choices(_("Same as my browser"))  # type: ignore[attr-defined]
