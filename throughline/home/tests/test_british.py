"""A British reader gets British spelling and dates wherever they look; everything else stays as it is written."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from throughline.activity.models import OutgoingMail
from throughline.frameworks.publishing.actions import load_shipped
from throughline.frameworks.tree import tree
from throughline.home.guide import pages
from throughline.schools import actions as schools
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of
from throughline.ui import times

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("translated")]
BRITISH = {"accept-language": "en-GB,en;q=0.8"}


def test_a_browser_that_asks_for_british_english_gets_it(client: Client) -> None:
    page = client.get("/help/roles/", headers=BRITISH)
    assert page["Content-Language"] == "en-gb"
    text = page.content.decode()
    assert '<html lang="en-gb" dir="ltr"' in text
    assert "organisation" in text and "organization" not in text
    assert "not been translated" not in text
    american = client.get("/help/roles/", headers={"accept-language": "en-US"}).content.decode()
    assert '<html lang="en" dir="ltr"' in american and "organization" in american


def test_links_and_anchors_of_the_help_are_the_same_in_both_spellings() -> None:
    for name, page in pages("en").items():
        there = pages("en-gb")[name].body
        assert [part.partition('"')[0] for part in there.split('href="')[1:]] == [
            part.partition('"')[0] for part in page.body.split('href="')[1:]
        ]


def test_who_chooses_british_english_keeps_it_on_every_page(lead: Membership, school: Organisation) -> None:
    client = client_of(lead)
    offered = client.get("/me/").content.decode()
    assert ">English (US)</option>" in offered and ">English (UK)</option>" in offered
    client.post("/me/", {"name": lead.name, "language": "en-gb", "time_zone": ""})
    page = client.get(reverse("schools:invite", args=[school.slug]))
    assert page["Content-Language"] == "en-gb"
    settings_page = client.get(reverse("schools:settings", args=[school.slug])).content.decode()
    assert "English (UK)" in settings_page
    refused = client.get("/s/nobody/")
    assert refused.status_code == 404


def test_dates_are_written_as_each_reader_writes_them() -> None:
    at = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
    said = {}
    for language in ("en", "en-gb", "es"):
        with translation.override(language):
            said[language] = (times.day_in_words(date(2026, 11, 22)), str(times.moment(at, "absolute")))
    assert said["en"][0] == "November 22, 2026" and "November 22, 2026, 3:05 PM" in said["en"][1]
    assert said["en-gb"][0] == "22 November 2026" and "22 November 2026, 15:05" in said["en-gb"][1]
    assert said["es"][0] == "22 de noviembre de 2026"


def test_a_text_that_is_spelled_alike_needs_no_second_copy() -> None:
    with translation.override("en-gb"):
        assert translation.gettext("People") == "People"
        assert translation.gettext("Colors") == "Colours"
    with translation.override("en"):
        assert translation.gettext("Colors") == "Colors"


def test_the_shipped_framework_is_no_foreign_text_to_a_british_reader(client: Client) -> None:
    version = load_shipped()[0].version
    with translation.override("en-gb"):
        shown = tree(version.pk)
    assert shown.foreign == tree(version.pk, "en").foreign
    assert shown.competencies[0].name == tree(version.pk, "en").competencies[0].name
    page = client.get("/frameworks/", headers=BRITISH)
    assert page["Content-Language"] == "en-gb"
    assert tree(version.pk, "en").title in page.content.decode()


def test_letters_of_a_british_school_are_spelled_so(lead: Membership, school: Organisation) -> None:
    schools.change_organisation(by=lead, name=school.name, language="en-gb", time_zone="Europe/London")
    schools.invite_people(by=lead, entries=[schools.Entry("Mei Tanaka", "mei@example.org", ("registrar",))])
    assert "counsellor or registrar" in OutgoingMail.objects.get().body


def test_every_language_that_is_offered_says_its_name_in_its_own_words() -> None:
    from throughline.people.forms import language_choices

    assert [name for code, name in language_choices("")] == ["English (US)", "English (UK)", "Español"]
    assert len(language_choices("")) == len(settings.LANGUAGES)
