"""Addresses of what is shared, of the district's view, and of citing what a school shows."""

from django.urls import URLPattern, path

from throughline.network.views import citing, district, links, reading, sharing

app_name = "network"
HOME = "s/<slug:school>/"
SHARE = f"{HOME}shared/<uuid:share_id>/"
SCHOOLS = f"{HOME}schools/"
urlpatterns: list[URLPattern] = [
    path("l/<str:token>", links.open_link, name="open"),
    path("shared/<slug:key>/", links.link, name="link"),
    path("shared/<slug:key>/pdf/", links.link_pdf, name="link-pdf"),
    path(f"{HOME}shared/", reading.shared_with_me, name="shared-with-me"),
    path(SHARE, reading.shared, name="shared"),
    path(f"{SHARE}pdf/", reading.shared_pdf, name="shared-pdf"),
    path(f"{SHARE}withdraw/", sharing.withdraw, name="withdraw"),
    path(f"{HOME}rounds/<uuid:round_id>/share/", sharing.share, name="share"),
    path(f"{HOME}rounds/<uuid:round_id>/share/now/", sharing.share_now, name="share-now"),
    path(f"{HOME}journeys/<uuid:journey_id>/shares/", sharing.shares, name="shares"),
    path(SCHOOLS, district.side_by_side, name="district"),
    path(f"{SCHOOLS}<uuid:share_id>/ask/<uuid:competency_id>/", district.ask, name="ask"),
    path(f"{HOME}records/<uuid:record_id>/competencies/<uuid:competency_id>/cite/", citing.cite, name="cite"),
]
