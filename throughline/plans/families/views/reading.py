"""What families read, at the public address or by the link: no account, no script, one language at a time."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_safe

from throughline.kit.access import for_everyone
from throughline.kit.early import keep_briefly
from throughline.people.secret_links import SecretLinks, quiet
from throughline.plans.families.languages import wanted_language
from throughline.plans.families.page import FamilyPage
from throughline.plans.families.queries import languages_of, page_at, page_by_link, shown_page
from throughline.plans.families.words import speaks
from throughline.plans.models import PageForFamilies
from throughline.schools.models import hash_of

LINKS = SecretLinks("throughline.plans.families")
Way = PageForFamilies.Way


def link_address(key: str) -> str:
    """The address of what the cookie of a link opens."""
    return reverse("plans:family-by-link", kwargs={"key": key})


def in_its_language(request: HttpRequest, page: PageForFamilies) -> FamilyPage | None:
    """What is published, in the language that whoever asks reads best."""
    return shown_page(page, wanted_language(request, [page.language, *languages_of(page)]))


def drawn(
    request: HttpRequest, shown: FamilyPage, here: str, ask: str, *, handout: str = "", draft: bool = False
) -> HttpResponse:
    """The page itself, in its own language whatever the reader's settings are."""
    languages = [(code, name, f"{here}?in={code}", code == shown.language) for code, name in shown.languages]
    context = {
        "page": shown,
        "languages": languages if len(languages) > 1 else [],
        "here": here,
        "ask": f"{ask}?in={shown.language}" if ask else "",
        "handout": handout,
        "draft": draft,
        "canonical": f"{settings.SITE_ADDRESS}{here}?in={shown.language}" if shown.is_public else "",
        "fixed_language": shown.language if speaks(shown.language) else "",
        "direction": shown.direction,
    }
    with translation.override(shown.language):
        response = render(request, "plans/family_page.html", context)
    response["Content-Language"] = shown.language
    return response


def gone(request: HttpRequest, page: PageForFamilies) -> HttpResponse:
    """What stands where the page was."""
    return render(request, "plans/family_gone.html", {"organisation": page.organisation.name}, status=410)


@for_everyone
def public(request: HttpRequest, place: str) -> HttpResponse:
    """The page of a school that has opened it to everyone; `?in=` another language."""
    page = page_at(place)
    if page is None:
        raise Http404
    if page.way != Way.EVERYONE:
        return gone(request, page)
    shown = in_its_language(request, page)
    if shown is None:
        raise Http404
    known = {"place": place}
    ask = reverse("plans:family-ask", kwargs=known) if shown.takes_questions else ""
    handout = reverse("plans:family-handout", kwargs=known)
    response = drawn(request, shown, reverse("plans:family-page", kwargs=known), ask, handout=handout)
    patch_vary_headers(response, ("Accept-Language",))
    if not shown.may_be_found:
        response["X-Robots-Tag"] = "noindex,nofollow"
    return keep_briefly(response)


@quiet
@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The secret goes into a cookie for one address. Nothing is looked up, so every secret is answered alike."""
    return LINKS.exchanged(hash_of(token), link_address)


@quiet
@require_safe
def by_link(request: HttpRequest, key: str) -> HttpResponseBase:
    """The page for whoever has the link."""
    page = page_by_link(LINKS.entry(request, link_address(key)).link)
    if page is None:
        return render(request, "people/link_closed.html", status=404)
    shown = in_its_language(request, page) if page.way != Way.NOBODY else None
    if shown is None:
        return gone(request, page)
    ask = reverse("plans:family-ask-by-link", kwargs={"key": key}) if shown.takes_questions else ""
    handout = reverse("plans:family-handout-by-link", kwargs={"key": key})
    return drawn(request, shown, link_address(key), ask, handout=handout)
