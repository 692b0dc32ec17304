"""Addresses of the plan, each beside its view."""

from django.urls import URLResolver, include, path

app_name = "plans"
_CAPABILITIES = (
    "goals",
    "doing",
    "measuring",
    "risks",
    "mine",
    "timeline",
    "weekly",
    "cycles",
    "citing",
    "reviewing",
    "policies",
    "professional",
    "mentoring",
    "families",
    "handouts",
    "calendars",
    "reminders",
    "tables",
)
urlpatterns: list[URLResolver] = [
    path("", include(f"throughline.plans.{each}.urls")) for each in _CAPABILITIES
]
