"""Addresses of notes to be read in the next round."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.sealed_notes import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}notes/", views.notes, name="notes"),
    path(f"{ROUND}notes/delete/", views.delete, name="delete-note"),
]
