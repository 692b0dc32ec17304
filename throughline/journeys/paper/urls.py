"""Addresses of rating on paper: choosing and printing, keying in."""

from django.urls import URLPattern, path

from throughline.journeys.paper.views import key_in as keying
from throughline.journeys.paper.views import setup as paper

ROUND = "s/<slug:school>/rounds/<uuid:round_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}paper/", paper.paper, name="paper"),
    path(f"{ROUND}paper/sheets.pdf", paper.sheets, name="sheets"),
    path(f"{ROUND}paper/typists/add/", paper.add_typist, name="add-typist"),
    path(f"{ROUND}paper/typists/remove/", paper.remove_typist, name="remove-typist"),
    path(f"{ROUND}key-in/", keying.code, name="key-in"),
    path(f"{ROUND}key-in/<uuid:sheet_id>/", keying.sheet, name="key-in-sheet"),
]
