"""Address of the day on which the next round begins."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.next_round import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}return/", views.come_back, name="return"),
]
