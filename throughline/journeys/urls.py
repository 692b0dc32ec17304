"""Addresses of journeys and rounds, by theme."""

from django.urls import URLPattern, URLResolver

from throughline.journeys import urls_deciding, urls_report, urls_running
from throughline.journeys.paper import urls as urls_paper

app_name = "journeys"
urlpatterns: list[URLPattern | URLResolver] = [
    *urls_running.urlpatterns,
    *urls_deciding.urlpatterns,
    *urls_report.urlpatterns,
    *urls_paper.urlpatterns,
]
