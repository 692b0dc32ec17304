"""Every page in both themes at 1280 and 360 px: axe-core finds nothing, nothing is too wide at 320 px, the browser has
nothing to complain about, and no other host is asked. The addresses come from the URLconf itself.
"""

from collections.abc import Callable

import pytest

from tests.browser.addresses import Found, Page, each_of
from tests.browser.conftest import Onlooker
from tests.routes import doors

pytestmark = pytest.mark.browser

ROUTES = doors()
# Addresses that answer GET and are not opened here, with the reason.
ELSEWHERE = {
    "healthz": "for machines: plain text",
    "start/": "exists only without the demo: test_first_run.py",
    "demo/by-link/": "takes posts only: throughline/home/tests/test_demo_elements.py",
    "demo/<slug:persona>/": "takes posts only, for names that are no ids: test_doors.py",
    "i/<str:token>": "only leads to the invitation: test_doors.py",
    "invitation/": "holds what its link brought along: test_doors.py",
    "consultation/<slug:key>/": "holds what its link brought along: test_consultations.py",
    "consultation/<slug:key>/comment/": "holds what its link brought along: test_consultations.py",
    "consultation/<slug:key>/pictures/<uuid:file_id>/": "a picture",
    "elements/<slug:place>/<slug:kind>/pictures/<uuid:file_id>/": "a picture",
    "cal/<str:token>.ics": "for calendar programs: no page",
    "did/<str:token>": "only leads to the question whether it is done: test_reminders.py",
    "plan-done/<slug:key>/": "holds what its link brought along: test_reminders.py",
    "no-mail/<str:token>": "with a link from a letter: test_reminders.py",
    "s/<slug:school>/plan/cited/<uuid:evidence_id>/": "a file: throughline/plans/citing/tests",
    "s/<slug:school>/listenings/cited/<uuid:evidence_id>/": "a file: throughline/voices/citing/tests",
    "s/<slug:school>/listenings/<uuid:listening_id>/ways-in/<uuid:asked_id>/poster.pdf": "a PDF: throughline/voices/inviting/tests",
    "v/<slug:place>/heard/paper/": "a PDF: throughline/voices/replying/tests",
    "s/<slug:school>/listenings/<uuid:listening_id>/replies/paper/": "a PDF: throughline/voices/replying/tests",
    "s/<slug:school>/listenings/<uuid:listening_id>/paper/<uuid:asked_id>/<int:nth>/form.pdf": "a PDF: throughline/voices/paper/tests",
    "s/<slug:school>/listenings/conversations/kit/guide/": "a PDF: throughline/voices/conversations/tests",
    "l/<str:token>": "only leads to what is shared: test_shared_links.py",
    "for-families/<slug:key>/": "holds what its link brought along: test_family_page.py",
    "for-families/<slug:key>/ask/": "holds what its link brought along: test_family_page.py",
    "for-families/<slug:key>/handout/": "a paper: plans/handouts/tests/test_kit.py",
    "to-families/<str:token>": "only leads to the page for families: test_family_page.py",
    "say/<str:token>": "only leads to the consultation: test_consultations.py",
    "shared/<slug:key>/": "holds what its link brought along: test_shared_links.py",
    "shared/<slug:key>/pdf/": "a PDF: tests/interop",
    "c/<str:token>": "only leads to the group whose code it is: tests/journeys/test_answering.py",
    "v/<slug:place>/answer/<int:nth>/": "for whoever has begun: test_answering.py",
    "v/<slug:place>/done/": "for whoever has handed in: test_answering.py",
    "v/<slug:place>/withdraw/": "for whoever has begun: test_answering.py",
    "v/<slug:place>/kiosk/<str:token>": "only leads to the first page: test_answering.py",
    "s/<slug:school>/listenings/<uuid:listening_id>/recordings/<uuid:recording_id>/": "a recording: throughline/voices/asking/tests",
    "v/<slug:place>/read-aloud/<uuid:recording_id>/": "a recording: throughline/voices/answering/tests",
    "account/inactive/": "test_doors.py",
    "account/login/code/confirm/": "only after a code was asked for: test_doors.py",
    "account/password/change/": "only for those who have a password: test_doors.py",
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "with a link from a letter: test_doors.py",
    "s/<slug:school>/elements/<slug:kind>/text/live/events/": "a stream, which does not end by itself: tests/journeys",
    "s/<slug:school>/frameworks/import/<uuid:import_id>/state/": "a part of the page that waits, empty once it is done",
    "s/<slug:school>/plan/weekly/<uuid:meeting_id>/follow/state/": "a part of the page that follows, opened with it",
    "s/<slug:school>/rosters/roster-template.csv": "a table: throughline/rosters/importing/tests",
    "s/<slug:school>/rosters/roster-template.xlsx": "a table: throughline/rosters/importing/tests",
    "s/<slug:school>/rosters/<uuid:roster_id>/report.csv": "a table: throughline/rosters/importing/tests",
    "s/<slug:school>/rounds/<uuid:round_id>/follow/state/": "a part of the page that follows, opened with it",
}


@pytest.mark.parametrize("route", each_of(each for each in ROUTES if each not in ELSEWHERE))
def test_page(route: str, found_at: Callable[[str], Found], onlooker: Onlooker) -> None:
    found = found_at(route)
    if not found.pages:
        takes_posts_only = 405 in found.statuses
        is_no_page = found.kinds and "text/html" not in found.kinds
        assert takes_posts_only or is_no_page, f"{route} was never opened: {sorted(found.statuses)}"
    wrong = [f"{page}\n    {fault}" for page in found.pages for fault in _faults_of(page, onlooker)]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def _faults_of(page: Page, onlooker: Onlooker) -> list[str]:
    onlooker.open(page.path, page.persona)
    return onlooker.faults()


def test_exceptions_are_addresses() -> None:
    assert set(ELSEWHERE) <= set(ROUTES)
