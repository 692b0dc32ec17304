"""Addresses of conversations, and of the kit for them."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING, LISTENINGS
from throughline.voices.conversations import views

TALKS = f"{LISTENINGS}conversations/"
TALK = f"{TALKS}<uuid:conversation_id>/"

urlpatterns: list[URLPattern] = [
    path(TALKS, views.conversations, name="conversations"),
    path(f"{TALKS}new/", views.new, name="new-conversation"),
    path(f"{TALKS}kit/", views.kit, name="conversation-kit"),
    path(f"{TALKS}kit/guide/", views.guide, name="conversation-guide"),
    path(TALK, views.conversation, name="conversation"),
    path(f"{TALK}change/", views.change, name="change-conversation"),
    path(f"{LISTENING}conversations/", views.beside, name="listening-conversations"),
]
