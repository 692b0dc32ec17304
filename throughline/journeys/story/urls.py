"""Addresses of the story of a journey."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import JOURNEY
from throughline.journeys.story import views

_STORY = f"{JOURNEY}story/"
urlpatterns: list[URLPattern] = [
    path(_STORY, views.story, name="story"),
    path(f"{_STORY}pdf/", views.pdf, name="story-pdf"),
    path(f"{_STORY}introduction/", views.introduction, name="introduction"),
]
