"""Addresses of agreeing, one by one or together, and of deciding between rounds."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import JOURNEY, ROUND
from throughline.journeys.agreeing.views import between_rounds, competency, together

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}agree/<uuid:competency_id>/", competency.agree, name="agree"),
    path(f"{ROUND}agree/<uuid:competency_id>/draft/", competency.draft, name="draft"),
    path(f"{ROUND}agree/<uuid:competency_id>/leave-open/", competency.leave_open, name="leave-open"),
    path(f"{ROUND}agree/<uuid:competency_id>/defer/", competency.defer, name="defer"),
    path(f"{ROUND}agree-together/", together.together, name="agree-together"),
    path(f"{JOURNEY}decide/<uuid:competency_id>/", between_rounds.decide, name="decide"),
]
