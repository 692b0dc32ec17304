"""Addresses of listenings, each beside its view."""

from django.urls import URLResolver, include, path

app_name = "voices"
_CAPABILITIES = (
    "answering",  # asked for most
    "asking",
    "closing",
    "inviting",
    "paper",
    "moderating",
    "conversations",
    "citing",
    "replying",
    "results",
    "tables",
)
urlpatterns: list[URLResolver] = [
    path("", include(f"throughline.voices.{each}.urls")) for each in _CAPABILITIES
]
