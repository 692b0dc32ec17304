"""Large files are published by the worker: whole or not at all, once, and the person is told."""

from datetime import timedelta
from typing import Any

import pytest

from throughline.frameworks import limits
from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.mapping import Choice, Pick
from throughline.frameworks.case_api import actions
from throughline.frameworks.housekeeping import give_out_large, publish_imports, read_imports
from throughline.frameworks.importing.actions import background
from throughline.frameworks.importing.actions.uploads import draft_import, drop_import
from throughline.frameworks.importing.storage import take_away
from throughline.frameworks.importing.tests.test_uploads import HERE, SIMPLE, WRONG, bring, padded
from throughline.frameworks.models import Competency, FrameworkImport, FrameworkVersion
from throughline.frameworks.public.actions import open_framework
from throughline.frameworks.tests.packages import garden
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(lead: Membership) -> FrameworkImport:
    brought = bring(lead, padded(garden()), "garden.json")
    read_imports()
    brought.refresh_from_db()
    assert brought.state == "ready"
    return brought


def state_of(kept: FrameworkImport) -> tuple[str, str]:
    kept.refresh_from_db()
    return kept.state, kept.message


def test_it_is_published_by_the_worker_and_the_page_leads_to_the_version(
    lead: Membership, kept: FrameworkImport
) -> None:
    client, there = client_of(lead), f"{HERE}{kept.pk}/"
    chosen = {"domains": "depth:0", "competencies": "depth:1", "advanced": "type:Area", "indicators": "none"}
    assert client.post(f"{there}publish/", chosen)["Location"] == there
    assert FrameworkVersion.objects.count() == 0
    page = client.get(there).content.decode()
    assert "is being published" in page and "waiting its turn" in page
    assert client.post(f"{there}publish/", chosen)["Location"] == there
    assert client.post(f"{there}draft/", chosen)["Location"] == there
    FrameworkImport.objects.update(started_at=clock.now())
    live: Any = {"HTTP_HX_REQUEST": "true"}
    assert "can take a minute" in client.get(f"{there}state/", **live).content.decode()
    assert client.get(f"{there}state/")["Location"] == there
    FrameworkImport.objects.update(started_at=None)
    publish_imports()
    version = FrameworkVersion.objects.get()
    assert version.framework.owner == lead.organisation
    assert set(Competency.objects.values_list("name", "level")) == {
        ("Soil", "advanced"),
        ("Water", "advanced"),
    }
    home = f"/s/harbour-bridge/frameworks/{version.pk}/"
    assert client.get(f"{there}state/", **live)["HX-Redirect"] == home
    assert "is published" in client.get(f"{there}state/", follow=True).content.decode()
    assert "changes nothing" in client.get(there, chosen).content.decode()


def test_twice_is_as_once(lead: Membership, kept: FrameworkImport) -> None:
    for _time in range(2):
        background.ask_to_publish(by=lead, kept=kept, choice=Choice())
        background.ask_to_publish(by=lead, kept=kept, choice=Choice())
        publish_imports()
        publish_imports()
        assert state_of(kept) == ("published", "")
    assert FrameworkVersion.objects.count() == 1


def test_what_cannot_be_published_says_why_on_the_same_page_and_another_choice_can_be_made(
    lead: Membership, kept: FrameworkImport
) -> None:
    bad = Choice(domains=Pick(depth=2), competencies=Pick(depth=1))
    background.ask_to_publish(by=lead, kept=kept, choice=bad)
    publish_imports()
    assert state_of(kept)[0] == "ready"
    page = client_of(lead).get(f"{HERE}{kept.pk}/").content.decode()
    assert "This was not published" in page and "not under a domain" in page
    assert "import-publish" not in page and f"{HERE}{kept.pk}/publish/" in page
    assert FrameworkVersion.objects.count() == 0
    background.ask_to_publish(by=lead, kept=kept, choice=Choice())
    publish_imports()
    assert state_of(kept) == ("published", "")


def test_a_worker_that_died_is_followed_by_another_until_it_is_given_up(
    lead: Membership, kept: FrameworkImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_all: Any) -> None:
        raise MemoryError

    background.ask_to_publish(by=lead, kept=kept, choice=Choice())
    with monkeypatch.context() as patched:
        patched.setattr(background, "write_down", dies)
        with pytest.raises(MemoryError):
            publish_imports()
    assert state_of(kept)[0] == "publishing" and FrameworkVersion.objects.count() == 0
    publish_imports()
    assert state_of(kept)[0] == "publishing"  # somebody may still be at it
    long_ago = clock.now() - limits.GIVEN_UP_AFTER - timedelta(seconds=1)
    FrameworkImport.objects.update(started_at=long_ago, tries=limits.MOST_TRIES)
    publish_imports()
    state, message = state_of(kept)
    assert state == "ready" and "could not be published" in message
    background.ask_to_publish(by=lead, kept=kept, choice=Choice())
    publish_imports()
    assert state_of(kept) == ("published", "")


def test_who_may_no_longer_publish_does_not(lead: Membership, kept: FrameworkImport) -> None:
    background.ask_to_publish(by=lead, kept=kept, choice=Choice())
    lead.holdings.all().delete()
    publish_imports()
    assert state_of(kept)[0] == "ready" and kept.message
    assert FrameworkVersion.objects.count() == 0


def test_what_is_thrown_away_or_lost_meanwhile_is_not_published(
    lead: Membership, kept: FrameworkImport, django_capture_on_commit_callbacks: Any
) -> None:
    background.ask_to_publish(by=lead, kept=kept, choice=Choice())
    with pytest.raises(FrameworkProblem, match="being published"):
        draft_import(by=lead, kept=kept, choice=Choice())
    take_away(kept.path)
    publish_imports()
    assert state_of(kept)[0] == "failed"
    with django_capture_on_commit_callbacks(execute=True):
        drop_import(by=lead, kept=kept)
    publish_imports()
    assert FrameworkVersion.objects.count() == 0


def test_rows_that_are_wrong_are_refused_at_once_and_what_is_not_read_too(lead: Membership) -> None:
    with pytest.raises(FrameworkProblem, match="Some rows"):
        background.ask_to_publish(by=lead, kept=bring(lead, WRONG), choice=Choice())
    with pytest.raises(FrameworkProblem, match="not been read"):
        background.ask_to_publish(by=lead, kept=bring(lead, padded(garden())), choice=Choice())


def test_a_small_file_of_many_rows_takes_long_too(lead: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = bring(lead, SIMPLE)
    assert not background.takes_long(kept)
    monkeypatch.setattr(background, "MANY_ROWS", 3)
    assert background.takes_long(kept)


def test_what_a_large_open_framework_answers_is_written_down_by_the_worker(
    lead: Membership, kept: FrameworkImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    background.ask_to_publish(by=lead, kept=kept, choice=Choice())
    publish_imports()
    framework = FrameworkVersion.objects.get().framework
    monkeypatch.setattr(actions, "MANY_ITEMS", 2)
    open_framework(framework=framework, by=lead)
    assert not framework.packages.exists()
    framework.refresh_from_db()
    assert framework.answers_due
    give_out_large()
    give_out_large()
    framework.refresh_from_db()
    assert framework.packages.count() == 2 and not framework.answers_due
