"""The guide inside the product: open to everyone, in the reader's language where it is translated."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from throughline.home.guide import GuidePage, pages
from throughline.kit.access import Door, open_to
from throughline.people.models import Person
from throughline.schools.tenant import seats_of_request


@require_safe
@open_to(Door.EVERYONE)
def guide(request: HttpRequest) -> HttpResponse:
    """Every page: first those written for the roles that this person holds, then by role, then by topic."""
    found = list(pages(get_language() or "en").values())
    mine = _roles_of(request)
    known = {
        "yours": [page for page in found if mine.intersection(page.roles)],
        "by_role": [page for page in found if page.roles and not mine.intersection(page.roles)],
        "topics": [page for page in found if not page.roles],
    }
    return render(request, "home/guide.html", known)


@require_safe
@open_to(Door.EVERYONE)
def guide_page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the guide."""
    language = get_language() or "en"
    found: GuidePage | None = pages(language).get(page)
    if found is None:
        raise Http404
    known = {"page": found, "foreign": found.language != language.split("-")[0], "reader": language}
    return render(request, "home/guide_page.html", known)


def _roles_of(request: HttpRequest) -> set[str]:
    if not isinstance(request.user, Person):
        return set()
    return {role for seat in seats_of_request(request) for role in seat.roles}
