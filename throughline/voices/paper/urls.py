"""Addresses of answers on paper. `nth`: a part of the group's questions, 1 where they are not split."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING
from throughline.voices.paper import views

PAPER = f"{LISTENING}paper/"
OF = f"{PAPER}<uuid:asked_id>/<int:nth>/"
urlpatterns: list[URLPattern] = [
    path(PAPER, views.on_paper, name="on-paper"),
    path(f"{OF}form.pdf", views.paper_form, name="paper-form"),
    path(f"{OF}key-in/", views.key_in, name="key-in-answers"),
]
