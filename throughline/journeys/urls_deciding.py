"""Addresses of rating, the spread, and agreeing."""

from django.urls import URLPattern, path

from throughline.journeys.views import agreeing, deciding, rating, spread

ROUND = "s/<slug:school>/rounds/<uuid:round_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}rate/", rating.rate, name="rate"),
    path(f"{ROUND}rate/<uuid:competency_id>/", rating.rate_one, name="rate-one"),
    path(f"{ROUND}release/<uuid:competency_id>/", rating.release, name="release"),
    path(f"{ROUND}spread/", spread.spread, name="spread"),
    path(f"{ROUND}agree/<uuid:competency_id>/", agreeing.agree, name="agree"),
    path(f"{ROUND}agree/<uuid:competency_id>/draft/", agreeing.draft, name="draft"),
    path(f"{ROUND}agree/<uuid:competency_id>/leave-open/", agreeing.leave_open, name="leave-open"),
    path(f"{ROUND}agree/<uuid:competency_id>/defer/", agreeing.defer, name="defer"),
    path(f"{ROUND}agree-together/", spread.together, name="agree-together"),
    path(f"{ROUND}follow/", spread.follow, name="follow"),
    path(f"{ROUND}follow/state/", spread.follow_state, name="follow-state"),
    path(
        "s/<slug:school>/journeys/<uuid:journey_id>/decide/<uuid:competency_id>/",
        deciding.decide,
        name="decide",
    ),
]
