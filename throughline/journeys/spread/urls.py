"""Addresses of the spread and of following who leads the talk."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.spread import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}spread/", views.spread, name="spread"),
    path(f"{ROUND}follow/", views.follow, name="follow"),
    path(f"{ROUND}follow/state/", views.follow_state, name="follow-state"),
]
