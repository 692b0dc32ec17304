"""Addresses of composing and running a listening."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING, LISTENINGS
from throughline.voices.asking import views

urlpatterns: list[URLPattern] = [
    path(LISTENINGS, views.listenings, name="listenings"),
    path(LISTENING, views.listening, name="listening"),
]
