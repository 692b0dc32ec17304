"""Addresses of citing what people said."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING, LISTENINGS
from throughline.voices.citing import views

urlpatterns: list[URLPattern] = [
    path(f"{LISTENING}cite/<slug:competency>/", views.result, name="cite-result"),
    path(
        f"{LISTENINGS}conversations/<uuid:conversation_id>/cite/",
        views.conversation,
        name="cite-conversation",
    ),
    path(f"{LISTENINGS}cited/<uuid:evidence_id>/", views.frozen_file, name="cited-file"),
]
