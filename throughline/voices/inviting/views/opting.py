"""A family says that its child is not to be asked: without an account, at the address of the group."""

from http import HTTPStatus

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from throughline.ui.forms import attempt
from throughline.voices.answering.visits import Visit, for_respondents
from throughline.voices.groups import BY_CODE
from throughline.voices.inviting.actions import opt_out as keep_out
from throughline.voices.models import Listening


class OptOutForm(forms.Form):
    """Which child, and who says so."""

    child = forms.CharField(label=_("The child’s name"), max_length=200)
    class_or_group = forms.CharField(label=_("Class or group"), max_length=120, required=False)
    told_by = forms.CharField(label=_("Your name"), max_length=200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondents
def opt_out(visit: Visit) -> HttpResponseBase:
    """The form, and a thank-you for what was sent."""
    listening = visit.listening
    if not BY_CODE[visit.asked.group].children or listening.state in (
        Listening.State.DRAFT,
        Listening.State.CLOSED,
    ):
        raise Http404
    if "kept" in visit.request.GET:
        return visit.show("opt_out.html", {"kept": True})
    form = OptOutForm(visit.request.POST if visit.request.method == "POST" else None)
    by_hand = not visit.request.POST.get(
        "website"
    )  # nobody sees this field; what fills in forms by itself does
    if form.is_valid() and by_hand:
        kept = attempt(form, lambda: keep_out(visit.asked, **form.cleaned_data))
        if kept is not None:
            return visit.to("opt-out", "kept")
    return visit.show("opt_out.html", {"form": form}, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200)
