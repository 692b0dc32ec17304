"""Addresses of what people wrote in their own words."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING
from throughline.voices.moderating import views

WORDS = f"{LISTENING}words/"

urlpatterns: list[URLPattern] = [
    path(WORDS, views.words, name="words"),
    path(f"{WORDS}read/", views.read, name="read-words"),
    path(f"{WORDS}read/<uuid:words_id>/calm/", views.calm, name="calm-words"),
    path(f"{WORDS}moderate/", views.moderating, name="moderate"),
    path(f"{WORDS}moderate/<uuid:words_id>/", views.moderate, name="moderate-words"),
]
