"""Addresses of what is said about an element."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.talk import views
from throughline.elements.talk.views import reading, settling

TALK = f"{ELEMENT}talk/"
THREAD = f"{TALK}<uuid:thread_id>/"
urlpatterns: list[URLPattern] = [
    path(TALK, reading.talk, name="talk"),
    path(f"{TALK}threads.json", reading.threads_json, name="threads-json"),
    path(f"{TALK}new/", views.begin, name="begin-thread"),
    path(f"{TALK}suggest/", views.suggest_words, name="suggest"),
    path(THREAD, reading.thread, name="thread"),
    path(f"{THREAD}settle/", settling.settle_thread, name="settle-thread"),
    path(f"{THREAD}accept/", settling.accept, name="accept-suggestion"),
    path(f"{THREAD}refuse/", settling.refuse, name="refuse-suggestion"),
    path(f"{TALK}remarks/<uuid:remark_id>/", settling.remark, name="remark"),
]
