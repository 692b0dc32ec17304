"""Address of moving a journey on to a newer version."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import JOURNEY
from throughline.journeys.moving import views

urlpatterns: list[URLPattern] = [
    path(f"{JOURNEY}move/<uuid:version_id>/", views.move, name="move"),
]
