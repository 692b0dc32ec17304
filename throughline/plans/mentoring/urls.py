"""Addresses of mentoring."""

from django.urls import URLPattern, path

from throughline.plans.addresses import MENTORING, PAIR
from throughline.plans.mentoring import views

urlpatterns: list[URLPattern] = [
    path(MENTORING, views.mentoring, name="mentoring"),
    path(f"{MENTORING}propose/", views.propose, name="propose-pair"),
    path(f"{MENTORING}arrange/", views.arrange, name="arrange-pair"),
    path(PAIR, views.pair, name="pair"),
    path(f"{PAIR}agree/", views.agree, name="agree-pair"),
    path(f"{PAIR}rhythm/", views.rhythm, name="pair-rhythm"),
    path(f"{PAIR}end/", views.end, name="end-pair"),
    path(f"{PAIR}notes/<uuid:pair_note_id>/delete/", views.delete, name="delete-pair-note"),
]
