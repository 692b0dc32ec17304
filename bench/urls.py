"""The product's addresses, and one more: the page that everything is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from throughline.config import urls
from throughline.schools.models import Organisation
from throughline.schools.tenant import for_signed_in

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500


@for_signed_in
def trivial(request: HttpRequest) -> HttpResponse:
    """As little as a signed-in page can do: the session, the person, and one query of its own; no template."""
    return HttpResponse(f"<p>{Organisation.objects.count()} organisations</p>")


urlpatterns: list[URLPattern | URLResolver] = [path("bench/trivial/", trivial), *urls.urlpatterns]
