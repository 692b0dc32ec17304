"""Addresses of the weekly meeting."""

from django.urls import URLPattern, path

from throughline.plans.addresses import MEETING, WEEKLY
from throughline.plans.weekly import views

urlpatterns: list[URLPattern] = [
    path(WEEKLY, views.weekly, name="weekly"),
    path(f"{WEEKLY}begin/", views.begin, name="begin-weekly"),
    path(MEETING, views.meeting, name="weekly-meeting"),
    path(f"{MEETING}follow/", views.follow, name="weekly-follow"),
    path(f"{MEETING}follow/state/", views.follow_state, name="weekly-follow-state"),
    path(f"{MEETING}turn/", views.turn, name="turn-weekly"),
    path(f"{MEETING}decisions/", views.decide, name="weekly-decide"),
    path(f"{MEETING}steps/", views.step, name="weekly-step"),
    path(f"{MEETING}end/", views.end, name="end-weekly"),
]
