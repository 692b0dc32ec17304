"""Addresses of journeys and rounds, by theme."""

from django.urls import URLPattern, URLResolver

from throughline.journeys import urls_deciding, urls_paper, urls_report, urls_running

app_name = "journeys"
urlpatterns: list[URLPattern | URLResolver] = [
    *urls_running.urlpatterns,
    *urls_deciding.urlpatterns,
    *urls_report.urlpatterns,
    *urls_paper.urlpatterns,
]
