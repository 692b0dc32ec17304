"""Addresses of choosing priorities."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.priorities import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}priorities/", views.priorities, name="priorities"),
    path(f"{ROUND}priorities/<uuid:competency_id>/", views.priority, name="priority"),
    path(f"{ROUND}priorities/<uuid:competency_id>/drop/", views.drop, name="drop-priority"),
]
