"""Addresses of the list of journeys and of the page of one."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import JOURNEY, JOURNEYS
from throughline.journeys.overview import views

urlpatterns: list[URLPattern] = [
    path(JOURNEYS, views.list_journeys, name="list"),
    path(JOURNEY, views.overview, name="overview"),
]
