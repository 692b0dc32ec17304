"""Addresses of what a school takes away from a round, and of the promise about ratings."""

from django.urls import URLPattern, path

from throughline.journeys.report import views as report
from throughline.journeys.story import views as story

STORY = "s/<slug:school>/journeys/<uuid:journey_id>/story/"
ROUND = "s/<slug:school>/rounds/<uuid:round_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}report/", report.report, name="report"),
    path(f"{ROUND}report.pdf", report.pdf, name="report-pdf"),
    path(f"{ROUND}snapshot.json", report.data, name="snapshot-data"),
    path(STORY, story.story, name="story"),
    path(f"{STORY}pdf/", story.pdf, name="story-pdf"),
    path(f"{STORY}introduction/", story.introduction, name="introduction"),
    path("s/<slug:school>/ratings-promise/", report.promise, name="promise"),
]
