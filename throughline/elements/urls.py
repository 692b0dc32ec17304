"""Addresses of elements, each beside its view."""

from django.urls import URLResolver, include, path

app_name = "elements"
_CAPABILITIES = (
    "line setup structure gathering credits talk history adopting consulting publishing editing bringing"
)
urlpatterns: list[URLResolver] = [
    path("", include(f"throughline.elements.{each}.urls")) for each in _CAPABILITIES.split()
]
