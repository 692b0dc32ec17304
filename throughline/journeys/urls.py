"""Addresses of journeys and rounds, each beside its view. What is asked for most often is looked for first."""

from django.urls import URLResolver, include, path

app_name = "journeys"
_CAPABILITIES = (
    "overview rounds rating spread agreeing second_ratings meeting paper sealed_answers sealed_notes "
    "setup moving priorities closing next_round report story"
)
urlpatterns: list[URLResolver] = [
    path("", include(f"throughline.journeys.{each}.urls")) for each in _CAPABILITIES.split()
]
