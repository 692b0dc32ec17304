"""Addresses of private calendars: the secret one, and what its owner may do with it."""

from django.urls import URLPattern, path

from throughline.plans.addresses import REMINDERS
from throughline.plans.calendars import views

urlpatterns: list[URLPattern] = [
    path("cal/<str:token>.ics", views.feed, name="calendar"),
    path(f"{REMINDERS}calendar/", views.make, name="calendar-make"),
    path(f"{REMINDERS}calendar/scope/", views.scope, name="calendar-scope"),
    path(f"{REMINDERS}calendar/withdraw/", views.withdraw, name="calendar-withdraw"),
]
