"""Addresses of rating, the spread, and agreeing."""

from django.urls import URLPattern, path

from throughline.journeys.agreeing.views import between_rounds as deciding
from throughline.journeys.agreeing.views import competency as agreeing
from throughline.journeys.agreeing.views import together
from throughline.journeys.meeting import views as meeting
from throughline.journeys.rating.views import domain as rating_domain
from throughline.journeys.rating.views import rate as rating
from throughline.journeys.sealed_answers import views as kept
from throughline.journeys.sealed_notes import views as notes
from throughline.journeys.second_ratings.views import after_talk as again
from throughline.journeys.second_ratings.views import looking_back as earlier
from throughline.journeys.spread import views as spread

ROUND = "s/<slug:school>/rounds/<uuid:round_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}rate/", rating.rate, name="rate"),
    path(f"{ROUND}rate/<uuid:competency_id>/", rating.rate_one, name="rate-one"),
    path(f"{ROUND}rate/domain/<uuid:domain_id>/", rating_domain.rate_domain, name="rate-domain"),
    path(f"{ROUND}rate/<uuid:competency_id>/back/", earlier.look_back, name="look-back"),
    path(f"{ROUND}keep/", kept.keep, name="keep-answers"),
    path(f"{ROUND}again/", again.again, name="again"),
    path(f"{ROUND}again/open/", again.open_, name="open-again"),
    path(f"{ROUND}again/close/", again.close, name="close-again"),
    path(f"{ROUND}again/<uuid:competency_id>/", again.again_one, name="again-one"),
    path(f"{ROUND}meeting/", meeting.meeting, name="meeting"),
    path(f"{ROUND}meeting/lead/", meeting.lead, name="lead-talk"),
    path(f"{ROUND}notes/", notes.notes, name="notes"),
    path(f"{ROUND}notes/delete/", notes.delete, name="delete-note"),
    path(f"{ROUND}release/<uuid:competency_id>/", rating.release, name="release"),
    path(f"{ROUND}spread/", spread.spread, name="spread"),
    path(f"{ROUND}agree/<uuid:competency_id>/", agreeing.agree, name="agree"),
    path(f"{ROUND}agree/<uuid:competency_id>/draft/", agreeing.draft, name="draft"),
    path(f"{ROUND}agree/<uuid:competency_id>/leave-open/", agreeing.leave_open, name="leave-open"),
    path(f"{ROUND}agree/<uuid:competency_id>/defer/", agreeing.defer, name="defer"),
    path(f"{ROUND}agree-together/", together.together, name="agree-together"),
    path(f"{ROUND}follow/", spread.follow, name="follow"),
    path(f"{ROUND}follow/state/", spread.follow_state, name="follow-state"),
    path(
        "s/<slug:school>/journeys/<uuid:journey_id>/decide/<uuid:competency_id>/",
        deciding.decide,
        name="decide",
    ),
]
