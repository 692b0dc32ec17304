"""Addresses of elements, each beside its view."""

from django.urls import URLResolver, include, path

app_name = "elements"
# `editing` first: an open editor asks more often than all people click.
_CAPABILITIES = (
    "editing line setup structure gathering credits talk history adopting consulting publishing bringing"
)
urlpatterns: list[URLResolver] = [
    path("", include(f"throughline.elements.{each}.urls")) for each in _CAPABILITIES.split()
]
