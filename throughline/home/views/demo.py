"""The demo: who can be tried, and being them with one press. None of it exists when the demo is off."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from throughline.activity.actions import record
from throughline.elements.consulting.queries import demo_consultation
from throughline.elements.consulting.views.outside import as_by_link
from throughline.home.personas import by_place, people_of_the_demo
from throughline.kit import clock
from throughline.kit.access import Door, open_to

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to(Door.EVERYONE)
@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    """Everyone who can be tried."""
    if not settings.DEMO:
        raise Http404
    people = people_of_the_demo()
    here, around = (
        [(each, people[each.persona.key]) for each in offered if each.persona.key in people]
        for offered in by_place()
    )
    context = {"here": here, "around": around, "by_link": demo_consultation(clock.today())}
    return render(request, "home/demo.html", context)


@open_to(Door.EVERYONE)
def by_link(request: HttpRequest) -> HttpResponseBase:
    """Be somebody who was sent the link to a consultation: no account, no name. It is answered as the link is."""
    found = demo_consultation(clock.today()) if settings.DEMO else None
    if found is None:
        raise Http404
    if request.method != "POST":
        return redirect("home:demo")
    return as_by_link(found)


@open_to(Door.EVERYONE)
def be(request: HttpRequest, persona: str) -> HttpResponseBase:
    """Sign in as somebody of the demo."""
    person = people_of_the_demo().get(persona)
    if person is None:
        raise Http404
    if request.method != "POST":
        return redirect("home:demo")
    login(request, person, backend=BACKEND)
    record(
        "person.signed-in", organisation_id=None, actor_id=person.pk, actor_name=person.name, subject=person
    )
    return redirect("home:home")
