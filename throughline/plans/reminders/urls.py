"""Addresses of how members hear of what they do: their settings, and what the links of letters open."""

from django.urls import URLPattern, path

from throughline.plans.addresses import REMINDERS
from throughline.plans.reminders import outside, views

urlpatterns: list[URLPattern] = [
    path("did/<str:token>", outside.open_done, name="done-link"),
    path("plan-done/<slug:key>/", outside.done, name="done"),
    path("no-mail/<str:token>", outside.no_mail, name="no-mail"),
    path(REMINDERS, views.reminders, name="reminders"),
    path(f"{REMINDERS}links/withdraw/", views.withdraw, name="reminder-links"),
    path(f"{REMINDERS}letters/", views.letters, name="letters"),
]
