"""Addresses of rating, the spread, and agreeing."""

from django.urls import URLPattern, path

from throughline.journeys.views import rating

ROUND = "s/<slug:school>/rounds/<uuid:round_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}rate/", rating.rate, name="rate"),
    path(f"{ROUND}rate/<uuid:competency_id>/", rating.rate_one, name="rate-one"),
    path(f"{ROUND}release/<uuid:competency_id>/", rating.release, name="release"),
]
