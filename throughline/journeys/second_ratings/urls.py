"""Addresses of rating again after talking and of looking back."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.second_ratings.views import after_talk, looking_back

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}rate/<uuid:competency_id>/back/", looking_back.look_back, name="look-back"),
    path(f"{ROUND}again/", after_talk.again, name="again"),
    path(f"{ROUND}again/open/", after_talk.open_, name="open-again"),
    path(f"{ROUND}again/close/", after_talk.close, name="close-again"),
    path(f"{ROUND}again/<uuid:competency_id>/", after_talk.again_one, name="again-one"),
]
