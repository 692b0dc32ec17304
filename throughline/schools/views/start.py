"""The first run: the first organisation of a new installation."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language

from throughline.kit.access import Door, open_to
from throughline.schools import actions
from throughline.schools.forms import StartForm
from throughline.schools.models import Organisation
from throughline.schools.views.common import page, posted
from throughline.ui.forms import attempt

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to(Door.EVERYONE)
def start(request: HttpRequest) -> HttpResponseBase:
    """Exists only while there is no organisation, and never in a demo."""
    if settings.DEMO or Organisation.objects.filter(is_demo=False).exists():
        raise Http404
    form = StartForm(posted(request), initial={"language": get_language() or "en"})
    if form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        member = attempt(form, lambda: actions.start_first_organisation(**data))
        if member:
            login(request, member.person, backend=BACKEND)
            return redirect("home:home")
    return page(request, "start", {}, form=form)
