"""Addresses of the pages on which a journey is run: started, looked at, prepared, closed."""

from django.urls import URLPattern, path

from throughline.journeys.closing import views as closing
from throughline.journeys.moving import views as moving
from throughline.journeys.next_round import views as returning
from throughline.journeys.overview import views as overview
from throughline.journeys.priorities import views as priorities
from throughline.journeys.rounds.views import raters
from throughline.journeys.rounds.views import round as rounds
from throughline.journeys.setup.views import scope, settings, team
from throughline.journeys.setup.views import start as starting

JOURNEYS = "s/<slug:school>/journeys/"
JOURNEY = f"{JOURNEYS}<uuid:journey_id>/"
ROUND = "s/<slug:school>/rounds/<uuid:round_id>/"

urlpatterns: list[URLPattern] = [
    path(JOURNEYS, overview.list_journeys, name="list"),
    path(f"{JOURNEYS}new/", starting.start, name="start"),
    path(JOURNEY, overview.overview, name="overview"),
    path(f"{JOURNEY}team/", team.team, name="team"),
    path(f"{JOURNEY}settings/", settings.settings, name="settings"),
    path(f"{JOURNEY}put-away/", settings.away, name="put-away"),
    path(f"{JOURNEY}take-up/", settings.again, name="take-up-journey"),
    path(f"{JOURNEY}move/<uuid:version_id>/", moving.move, name="move"),
    path(f"{JOURNEY}scope/", scope.scope, name="scope"),
    path(f"{JOURNEY}scope/aside/<uuid:competency_id>/", scope.aside, name="aside"),
    path(f"{JOURNEY}scope/take-up/<uuid:competency_id>/", scope.take_up, name="take-up"),
    path(f"{JOURNEY}rounds/new/", rounds.prepare, name="prepare"),
    path(ROUND, rounds.show, name="round"),
    path(f"{ROUND}open/", rounds.open_, name="open-round"),
    path(f"{ROUND}names/", rounds.names, name="choose-names"),
    path(f"{ROUND}delete/", rounds.delete, name="delete-draft"),
    path(f"{ROUND}raters/", raters.raters, name="raters"),
    path(f"{ROUND}raters/add/", raters.add, name="add-rater"),
    path(f"{ROUND}raters/excuse/", raters.excuse, name="excuse-rater"),
    path(f"{ROUND}raters/due/", raters.due, name="due-date"),
    path(f"{ROUND}open-spread/", rounds.open_spread, name="open-spread"),
    path(f"{ROUND}priorities/", priorities.priorities, name="priorities"),
    path(f"{ROUND}priorities/<uuid:competency_id>/", priorities.priority, name="priority"),
    path(f"{ROUND}priorities/<uuid:competency_id>/drop/", priorities.drop, name="drop-priority"),
    path(f"{ROUND}close/", closing.close, name="close"),
    path(f"{ROUND}reopen/", closing.reopen, name="reopen"),
    path(f"{ROUND}return/", returning.come_back, name="return"),
]
