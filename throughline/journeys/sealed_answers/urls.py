"""Address of keeping a sealed copy of one’s own answers."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.sealed_answers import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}keep/", views.keep, name="keep-answers"),
]
