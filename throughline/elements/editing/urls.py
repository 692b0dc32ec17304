"""Addresses of the text: the page where it is written, the plain form, and what an open editor asks and tells."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.editing.views import live, pages, plain

TEXT = f"{ELEMENT}text/"
urlpatterns: list[URLPattern] = [
    path(TEXT, pages.write, name="text"),
    path(f"{TEXT}plain/", plain.parts, name="plain"),
    path(f"{TEXT}plain/<slug:piece>/", plain.plain, name="plain-part"),
    path(f"{TEXT}live/", live.now, name="live"),
    path(f"{TEXT}live/steps/", live.steps, name="live-steps"),
    path(f"{TEXT}live/events/", live.events, name="live-events"),
    path(f"{TEXT}live/here/", live.here, name="live-here"),
    path(f"{TEXT}live/picture/", live.picture, name="live-picture"),
]
