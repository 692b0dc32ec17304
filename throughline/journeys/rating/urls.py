"""Addresses of rating alone."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.rating.views import domain, rate

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}rate/", rate.rate, name="rate"),
    path(f"{ROUND}rate/<uuid:competency_id>/", rate.rate_one, name="rate-one"),
    path(f"{ROUND}rate/domain/<uuid:domain_id>/", domain.rate_domain, name="rate-domain"),
    path(f"{ROUND}release/<uuid:competency_id>/", rate.release, name="release"),
]
