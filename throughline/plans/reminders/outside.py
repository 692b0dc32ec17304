"""What the links of a letter open, without signing in. Opening does nothing: mail scanners open everything."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from throughline.people.secret_links import quiet
from throughline.plans.models import DoneLink, Reminder
from throughline.plans.readers import as_read_by
from throughline.plans.reminders.actions import mark_done, stop_letters
from throughline.plans.reminders.forms import DoneForm
from throughline.plans.reminders.links import DONE, reminder_by_token
from throughline.plans.reminders.queries import link_to_show
from throughline.schools.models import hash_of
from throughline.ui.forms import attempt

LOOK_AGAIN = 422


def _address(key: str) -> str:
    return reverse("plans:done", kwargs={"key": key})


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "people/link_closed.html", status=404)


@quiet
@require_GET
def open_done(request: HttpRequest, token: str) -> HttpResponse:
    """The secret goes into a cookie for one address. Nothing is looked up, so every secret is answered alike."""
    return DONE.exchanged(hash_of(token), _address)


@csrf_exempt  # such a page names no origin (no-referrer), and no other site can bring our cookie along (SameSite)
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, key: str) -> HttpResponseBase:
    """Asks the owner once more whether it is done; a post marks it."""
    path = _address(key)
    link = link_to_show(DONE.entry(request, path).link)
    if link is None:
        return _closed(request)
    with as_read_by(link.membership):
        return _used(request, link) if link.used_at else _asked(request, link, path)


def _used(request: HttpRequest, link: DoneLink) -> HttpResponse:
    return render(request, "plans/done.html", {"link": link, "done": True})


def _asked(request: HttpRequest, link: DoneLink, path: str) -> HttpResponseBase:
    form = DoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            marked = attempt(form, lambda: mark_done(link.token_hash, text=text))
        except PermissionDenied:
            return _closed(request)
        if marked:
            return redirect(path)
        if not form.errors:  # somebody was quicker, or it was just withdrawn
            return redirect(path)
    known = {"link": link, "form": form}
    return render(request, "plans/done.html", known, status=LOOK_AGAIN if form.errors else 200)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); whoever has the address may stop these letters
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def no_mail(request: HttpRequest, token: str) -> HttpResponseBase:
    """Stops the letters with one post, from a mail program or from the page that this is for people."""
    held = reminder_by_token(token)
    if held is None:
        return _closed(request)
    held.membership.organisation = held.organisation
    with as_read_by(held.membership):
        if request.method == "POST":
            stop_letters(held)
            held.rhythm = Reminder.Rhythm.NEVER
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(_("No more of these emails will come."), content_type="text/plain")
        known = {"held": held, "stopped": held.rhythm == Reminder.Rhythm.NEVER}
        return render(request, "plans/no_mail.html", known)
