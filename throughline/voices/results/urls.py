"""Addresses of what a listening came to."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING
from throughline.voices.results import guess_views, views

RESULTS = f"{LISTENING}results/"
urlpatterns: list[URLPattern] = [
    path(f"{LISTENING}guess/", guess_views.guesses, name="guess"),
    path(RESULTS, views.results, name="results"),
    path(f"{RESULTS}<uuid:competency_id>/", views.result, name="result"),
]
