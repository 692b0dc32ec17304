"""Addresses of the report of a round, and of the promise about ratings."""

from django.urls import URLPattern, path

from throughline.journeys.addresses import ROUND
from throughline.journeys.report import views

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}report/", views.report, name="report"),
    path(f"{ROUND}report.pdf", views.pdf, name="report-pdf"),
    path(f"{ROUND}snapshot.json", views.data, name="snapshot-data"),
    path("s/<slug:school>/ratings-promise/", views.promise, name="promise"),
]
