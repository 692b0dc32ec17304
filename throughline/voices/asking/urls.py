"""Addresses of composing and running a listening."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING, LISTENINGS
from throughline.voices.asking.views import aloud, composing, groups, questions, running, whole

GROUP = f"{LISTENING}groups/<uuid:asked_id>/"
urlpatterns: list[URLPattern] = [
    path(LISTENINGS, whole.listenings, name="listenings"),
    path(f"{LISTENINGS}begin/", whole.begin, name="begin"),
    path(LISTENING, whole.listening, name="listening"),
    path(f"{LISTENING}about/", composing.about, name="about"),
    path(f"{LISTENING}held/", composing.held, name="held"),
    path(f"{LISTENING}background/", composing.background, name="background"),
    path(f"{LISTENING}hosts/", composing.hosts, name="hosts"),
    path(f"{LISTENING}groups/", groups.groups, name="groups"),
    path(GROUP, groups.group, name="group"),
    path(f"{GROUP}questions/", questions.questions, name="questions-of"),
    path(f"{GROUP}own/", questions.own, name="own-question"),
    path(f"{LISTENING}questions/<uuid:wording_id>/", questions.change, name="change-question"),
    path(f"{LISTENING}questions/<uuid:wording_id>/aloud/", aloud.aloud, name="aloud"),
    path(f"{LISTENING}recordings/<uuid:recording_id>/", aloud.hear, name="hear"),
    path(f"{LISTENING}open/", running.open_it, name="open"),
    path(f"{LISTENING}pause/", running.pause, name="pause"),
    path(f"{LISTENING}resume/", running.resume, name="resume"),
    path(f"{LISTENING}extend/", running.extend, name="extend"),
]
