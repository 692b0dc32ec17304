"""Addresses of starting a journey, its team, its scope and its settings."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import JOURNEY, JOURNEYS
from throughline.journeys.setup.views import scope, settings, start, team

urlpatterns: list[URLPattern] = [
    path(f"{JOURNEYS}new/", start.start, name="start"),
    path(f"{JOURNEY}team/", team.team, name="team"),
    path(f"{JOURNEY}settings/", settings.settings, name="settings"),
    path(f"{JOURNEY}put-away/", settings.away, name="put-away"),
    path(f"{JOURNEY}take-up/", settings.take_up, name="take-up-journey"),
    path(f"{JOURNEY}scope/", scope.scope, name="scope"),
    path(f"{JOURNEY}scope/aside/<uuid:competency_id>/", scope.aside, name="aside"),
    path(f"{JOURNEY}scope/take-up/<uuid:competency_id>/", scope.take_up, name="take-up"),
]
