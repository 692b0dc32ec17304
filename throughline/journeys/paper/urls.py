"""Addresses of rating on paper: choosing and printing, keying in."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.paper.views import key_in, setup

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}paper/", setup.paper, name="paper"),
    path(f"{ROUND}paper/sheets.pdf", setup.sheets, name="sheets"),
    path(f"{ROUND}paper/typists/add/", setup.add_typist, name="add-typist"),
    path(f"{ROUND}paper/typists/remove/", setup.remove_typist, name="remove-typist"),
    path(f"{ROUND}key-in/", key_in.code, name="key-in"),
    path(f"{ROUND}key-in/<uuid:sheet_id>/", key_in.sheet, name="key-in-sheet"),
]
