"""Addresses of closing and reopening a round."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.closing import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}close/", views.close, name="close"),
    path(f"{ROUND}reopen/", views.reopen, name="reopen"),
]
