"""Addresses of the district's view and of citing what a school shows."""

from django.urls import URLPattern, URLResolver, path

from throughline.network.views import citing, district

_SCHOOLS = "s/<slug:school>/schools/"
_COMPETENCY = "s/<slug:school>/records/<uuid:record_id>/competencies/<uuid:competency_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_SCHOOLS, district.side_by_side, name="district"),
    path(f"{_SCHOOLS}<uuid:share_id>/ask/<uuid:competency_id>/", district.ask, name="ask"),
    path(f"{_COMPETENCY}cite/", citing.cite, name="cite"),
]
