"""Addresses of the history of an element's text."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.history import views

HISTORY = f"{ELEMENT}history/"
urlpatterns: list[URLPattern] = [
    path(HISTORY, views.history, name="history"),
    path(f"{HISTORY}compare/", views.comparison, name="compare"),
    path(f"{HISTORY}authors/", views.authors, name="authors"),
    path(f"{HISTORY}names/<uuid:named_id>/", views.unname, name="unname-version"),
    path(f"{HISTORY}<int:version>/", views.version_page, name="version"),
    path(f"{HISTORY}<int:version>/restore/", views.restore, name="restore-version"),
]
