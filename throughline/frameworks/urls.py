"""Addresses of frameworks, each beside its view."""

from django.urls import URLResolver, include, path

app_name = "frameworks"
_CAPABILITIES = "importing exporting crosswalks translating case_api public catalog drafting"
urlpatterns: list[URLResolver] = [
    path("", include(f"throughline.frameworks.{each}.urls")) for each in _CAPABILITIES.split()
]
