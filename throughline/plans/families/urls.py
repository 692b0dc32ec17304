"""Addresses of the page for families: outside, by the link, and for those who work on it."""

from django.urls import URLPattern, path

from throughline.plans.addresses import PLAN
from throughline.plans.families.views import asking, hearing, reading, translating, writing

PUBLIC = "families/<slug:place>/"
LINK = "for-families/<slug:key>/"
WORK = f"{PLAN}families/"
urlpatterns: list[URLPattern] = [
    path(PUBLIC, reading.public, name="family-page"),
    path(f"{PUBLIC}ask/", asking.ask_in_public, name="family-ask"),
    path("to-families/<str:token>", reading.open_link, name="family-link"),
    path(LINK, reading.by_link, name="family-by-link"),
    path(f"{LINK}ask/", asking.ask_by_link, name="family-ask-by-link"),
    path(WORK, writing.page, name="families"),
    path(f"{WORK}sections/<slug:topic>/", writing.section, name="family-section"),
    path(f"{WORK}take-over/", hearing.take_over, name="family-take-over"),
    path(f"{WORK}preview/", writing.preview, name="family-preview"),
    path(f"{WORK}open/", writing.opening, name="family-open"),
    path(f"{WORK}questions/", asking.questions, name="family-questions"),
    path(f"{WORK}questions/<uuid:question_id>/", asking.question, name="family-question"),
    path(f"{WORK}translations/", translating.translations, name="family-translations"),
    path(f"{WORK}translations/<slug:language>/", translating.translate, name="family-translate"),
]
