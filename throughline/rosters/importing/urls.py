"""Addresses of rosters that are brought in."""

from django.urls import URLPattern, path

from throughline.rosters.addresses import ROSTER, ROSTERS
from throughline.rosters.importing import views

urlpatterns: list[URLPattern] = [
    path(ROSTERS, views.rosters, name="rosters"),
    path(
        f"{ROSTERS}roster-template.csv",
        views.template,
        {"file": "roster-template.csv"},
        name="template-csv",
    ),
    path(
        f"{ROSTERS}roster-template.xlsx",
        views.template,
        {"file": "roster-template.xlsx"},
        name="template-xlsx",
    ),
    path(ROSTER, views.roster, name="roster"),
    path(f"{ROSTER}choose/", views.choose, name="roster-choose"),
    path(f"{ROSTER}apply/", views.apply, name="roster-apply"),
    path(f"{ROSTER}report.csv", views.report, name="roster-report"),
    path(f"{ROSTER}drop/", views.drop, name="roster-drop"),
]
