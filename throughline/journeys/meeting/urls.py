"""Addresses of the meeting on the spread."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.meeting import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}meeting/", views.meeting, name="meeting"),
    path(f"{ROUND}meeting/lead/", views.lead, name="lead-talk"),
]
