"""Addresses of a round: prepared, opened, its raters, its spread opened."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import JOURNEY, ROUND
from throughline.journeys.rounds.views import raters, round

urlpatterns: list[URLPattern] = [
    path(f"{JOURNEY}rounds/new/", round.prepare, name="prepare"),
    path(ROUND, round.show, name="round"),
    path(f"{ROUND}open/", round.open_, name="open-round"),
    path(f"{ROUND}names/", round.names, name="choose-names"),
    path(f"{ROUND}delete/", round.delete, name="delete-draft"),
    path(f"{ROUND}raters/", raters.raters, name="raters"),
    path(f"{ROUND}raters/add/", raters.add, name="add-rater"),
    path(f"{ROUND}raters/excuse/", raters.excuse, name="excuse-rater"),
    path(f"{ROUND}raters/due/", raters.due, name="due-date"),
    path(f"{ROUND}open-spread/", round.open_spread, name="open-spread"),
]
