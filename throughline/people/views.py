"""Signing in and out (django-allauth's flows behind our doors and in our words) and the page about me."""

from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.kit.access import Door, open_to
from throughline.people import actions, forms
from throughline.people.devices import say_when
from throughline.people.models import Person
from throughline.people.panels import panels_for
from throughline.ui.forms import attempt


class Answers:
    """A form that cannot be accepted answers 422; 429, and how long to wait, when it was tried too often."""

    request: HttpRequest

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return say_when(response, form)


class SignIn(Answers, account.LoginView):  # type: ignore[misc]
    form_class = forms.SignInForm


class AskForCode(Answers, account.RequestLoginCodeView):  # type: ignore[misc]
    form_class = forms.AskForCodeForm


class GiveCode(Answers, account.ConfirmLoginCodeView):  # type: ignore[misc]
    form_class = forms.GiveCodeForm


class AskForReset(Answers, account.PasswordResetView):  # type: ignore[misc]
    form_class = forms.AskForResetForm


class NewPassword(Answers, account.PasswordResetFromKeyView):  # type: ignore[misc]
    form_class = forms.NewPasswordForm


class ChangePassword(Answers, account.PasswordChangeView):  # type: ignore[misc]
    form_class = forms.ChangePasswordForm


class FirstPassword(Answers, account.PasswordSetView):  # type: ignore[misc]
    form_class = forms.FirstPasswordForm


sign_in = open_to(Door.EVERYONE)(SignIn.as_view())
sign_out = open_to(Door.EVERYONE)(account.LogoutView.as_view())
inactive = open_to(Door.EVERYONE)(account.AccountInactiveView.as_view())
ask_for_code = open_to(Door.EVERYONE)(AskForCode.as_view())
give_code = open_to(Door.EVERYONE)(GiveCode.as_view())
ask_for_reset = open_to(Door.EVERYONE)(AskForReset.as_view())
reset_asked = open_to(Door.EVERYONE)(account.PasswordResetDoneView.as_view())
new_password = open_to(Door.LINK_HOLDER)(NewPassword.as_view())
password_renewed = open_to(Door.EVERYONE)(account.PasswordResetFromKeyDoneView.as_view())
change_password = open_to(Door.SIGNED_IN)(ChangePassword.as_view())
first_password = open_to(Door.SIGNED_IN)(FirstPassword.as_view())


@open_to(Door.EVERYONE)
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody signs up by themselves: the page says how people come in."""
    return render(request, "account/signup_closed.html")


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@open_to(Door.SIGNED_IN)
@login_required
def me(request: HttpRequest) -> HttpResponseBase:
    """My name, language and time zone; my password; my sessions; what other rooms say about me."""
    person = _me(request)
    kept = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
    form = forms.ProfileForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.change_profile(person=person, **form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("people:me")
        person.refresh_from_db()
    panels = [
        mark_safe(render_to_string(template, {"person": person, **known}, request))  # noqa: S308  (a rendered template)
        for template, known in panels_for(person)
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page: dict[str, Any] = {"form": form, "person": person, "panels": panels}
    return render(request, "people/me.html", page, status=status)


@open_to(Door.SIGNED_IN)
@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponseBase:
    """End all my sessions but this one."""
    person = actions.sign_out_everywhere(person=_me(request))
    update_session_auth_hash(request, person)
    messages.success(request, _("Done. All your other devices are signed out."))
    return redirect("people:me")
