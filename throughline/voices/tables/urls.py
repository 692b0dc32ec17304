"""Addresses of what can be taken along of a listening."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING
from throughline.voices.tables import views

_TABLES = f"{LISTENING}tables/"
urlpatterns: list[URLPattern] = [
    path(_TABLES, views.tables, name="tables"),
    path(f"{_TABLES}answers.csv", views.answers, {"kind": "csv"}, name="answers-csv"),
    path(f"{_TABLES}answers.xlsx", views.answers, {"kind": "xlsx"}, name="answers-xlsx"),
    path(f"{_TABLES}questions.csv", views.questions, {"kind": "csv"}, name="questions-csv"),
    path(f"{_TABLES}questions.xlsx", views.questions, {"kind": "xlsx"}, name="questions-xlsx"),
]
