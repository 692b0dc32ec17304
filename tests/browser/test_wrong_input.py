"""Every form after it was sent as it should not be: the errors are there to be seen, named, and reached."""

import re
from collections.abc import Callable

import pytest

from tests.browser.addresses import Found, each_of
from tests.browser.conftest import Onlooker

pytestmark = pytest.mark.browser

# Pages whose form, sent with nothing in it, comes back with errors.
FORMS = [
    "me/",
    "account/password/reset/",
    "account/login/code/",
    "account/login/",
    "account/password/set/",
    "s/<slug:school>/people/invite/",
    "s/<slug:school>/people/<uuid:member>/roles/",
    "s/<slug:school>/groups/new/",
    "s/<slug:school>/groups/<uuid:group>/",
    "s/<slug:school>/groups/<uuid:group>/change/",
    "s/<slug:school>/affiliations/",
    "s/<slug:school>/settings/",
    "s/<slug:school>/frameworks/import/",
    "s/<slug:school>/frameworks/drafts/new/",
    "s/<slug:school>/frameworks/drafts/<uuid:draft_id>/texts/",
    "s/<slug:school>/frameworks/drafts/<uuid:draft_id>/publish/",
    "s/<slug:school>/frameworks/drafts/<uuid:draft_id>/parts/<slug:part>/",
    "s/<slug:school>/frameworks/drafts/<uuid:draft_id>/parts/<slug:part>/split/",
    "s/<slug:school>/frameworks/<uuid:version_id>/translations/<slug:language>/load/",
    "s/<slug:school>/crosswalks/new/",
    "s/<slug:school>/crosswalks/<uuid:crosswalk_id>/link/",
    "s/<slug:school>/crosswalks/<uuid:crosswalk_id>/load/",
    "s/<slug:school>/crosswalks/<uuid:crosswalk_id>/change/",
    "s/<slug:school>/records/<uuid:record_id>/evidence/new/",
    "s/<slug:school>/evidence/<uuid:evidence_id>/claims/new/",
    "s/<slug:school>/evidence/<uuid:evidence_id>/withdraw/",
    "s/<slug:school>/records/<uuid:record_id>/competencies/<uuid:competency_id>/cite/",
    "s/<slug:school>/schools/<uuid:share_id>/ask/<uuid:competency_id>/",
    "s/<slug:school>/journeys/new/",
    "s/<slug:school>/journeys/<uuid:journey_id>/team/",
    "s/<slug:school>/journeys/<uuid:journey_id>/settings/",
    "s/<slug:school>/journeys/<uuid:journey_id>/move/<uuid:version_id>/",
    "s/<slug:school>/journeys/<uuid:journey_id>/scope/aside/<uuid:competency_id>/",
    "s/<slug:school>/journeys/<uuid:journey_id>/rounds/new/",
    "s/<slug:school>/journeys/<uuid:journey_id>/decide/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/rate/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/rate/<uuid:competency_id>/back/",
    "s/<slug:school>/rounds/<uuid:round_id>/again/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/notes/",
    "s/<slug:school>/rounds/<uuid:round_id>/meeting/",
    "s/<slug:school>/rounds/<uuid:round_id>/agree/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/agree-together/",
    "s/<slug:school>/rounds/<uuid:round_id>/priorities/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/reopen/",
    "s/<slug:school>/rounds/<uuid:round_id>/share/",
]
EMPTY_AND_SEND = """() => {
  const forms = [...document.querySelectorAll('main form[method=post]')]
    .sort((one, other) => other.elements.length - one.elements.length);
  const form = forms[0];
  form.noValidate = true;
  for (const field of form.elements) {
    if (['hidden', 'submit', 'button'].includes(field.type) || field.hidden) continue;
    if (['radio', 'checkbox'].includes(field.type)) field.checked = false;
    else if (field.tagName === 'SELECT') field.selectedIndex = field.querySelector('option[value=""]') ? 0 : field.selectedIndex;
    else if (field.tagName !== 'BUTTON') field.value = '';
  }
  form.removeAttribute('data-changed');
  form.requestSubmit(form.querySelector('[type=submit]:not([formaction]):not([name=tick]):not(.visually-hidden)'));
}"""


@pytest.mark.parametrize("route", each_of(FORMS))
def test_errors(route: str, found_at: Callable[[str], Found], onlooker: Onlooker) -> None:
    for page in found_at(route).pages:
        window = onlooker.open(page.path, page.persona)
        if not window.locator(
            "main form[method=post] :is(input:not([type=hidden], [hidden]), textarea)"
        ).count():
            continue
        with window.expect_navigation() as going:
            window.evaluate(EMPTY_AND_SEND)
        assert going.value
        assert going.value.status == 422, f"{page} took an empty form: {going.value.status} {window.url}"
        said = window.locator("main").inner_text()
        assert re.search(r"\w", said)
        faults = onlooker.faults()
        if faults:
            pytest.fail(f"{page}\n" + "\n".join(faults), pytrace=False)
        return
    pytest.fail(f"{route} has no form to send", pytrace=False)
