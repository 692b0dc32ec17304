"""Addresses of consultations: inside, and by the link."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.consulting.views import hearing, outside, running

ALL = f"{ELEMENT}consultations/"
ONE = f"{ALL}<uuid:consultation_id>/"
LINK = "consultation/<slug:key>/"
urlpatterns: list[URLPattern] = [
    path("say/<str:token>", outside.open_link, name="consultation-link"),
    path(LINK, outside.consultation, name="consultation-open"),
    path(f"{LINK}comment/", outside.comment, name="consultation-comment"),
    path(f"{LINK}pictures/<uuid:file_id>/", outside.picture, name="consultation-picture"),
    path(ALL, running.consultations, name="consultations"),
    path(f"{ALL}new/", running.new, name="consultation-new"),
    path(ONE, running.consultation, name="consultation"),
    path(f"{ONE}change/", running.change, name="consultation-change"),
    path(f"{ONE}comments/", hearing.comments, name="comments"),
    path(f"{ONE}comments/moderate/", hearing.moderating, name="moderate"),
    path(f"{ONE}themes/", hearing.themes, name="themes"),
    path(f"{ONE}themes/<uuid:theme_id>/", hearing.theme, name="theme"),
]
