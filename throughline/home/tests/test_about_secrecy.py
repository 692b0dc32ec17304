"""What the doctor says of closed rounds and of what people sealed."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from throughline.frameworks.models import FrameworkVersion
from throughline.home.running import about_secrecy
from throughline.home.running.findings import Level
from throughline.journeys.models import Round
from throughline.journeys.sealed_notes.actions import seal_note
from throughline.journeys.tests.steps import a_place, an_open_spread, closed
from throughline.schools.models import Membership
from throughline.testing import ship_frameworks

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(lead: Membership, make_one: Callable[..., Membership], settings: Any, tmp_path: Path) -> Round:
    """A closed round of five, with a sealed note; its data folder is empty but for the key."""
    settings.VAR, settings.KEEPING_KEY = tmp_path, str(tmp_path / "keeping-key")
    ship_frameworks()
    people = [lead, *(make_one(f"Rater {number}", "team") for number in range(4))]
    version = FrameworkVersion.objects.get(framework__code="journeys-to-mastery-learning")
    place = a_place(lead, version, people)
    found = an_open_spread(place, people, [1, 2, 3, 4, 4])
    seal_note(place=place, round_id=found.id, text="See you.")
    closed(place, found)
    return found


def said(look: Callable[[], Any]) -> list[tuple[Level, str]]:
    return [(each.level, each.sentence) for each in look()]


def test_it_tells_of_rounds_that_are_not_cut_or_not_wiped_yet(held: Round) -> None:
    rounds = Round.objects.filter(pk=held.pk)
    ((level, sentence),) = said(about_secrecy.ratings)
    assert level is Level.WARN and "still to be wiped" in sentence
    rounds.update(untied_at=None)
    ((level, sentence),) = said(about_secrecy.ratings)
    assert level is Level.WARN and "1 closed rounds with hidden names still say who rated what" in sentence
    rounds.update(untied_at="2026-01-01T00:00:00Z", scrubbed_at="2026-01-01T00:00:01Z")
    ((level, _sentence),) = said(about_secrecy.ratings)
    assert level is Level.OK


def test_it_names_backups_that_are_older_than_the_last_closing(held: Round, tmp_path: Path) -> None:
    Round.objects.filter(pk=held.pk).update(
        untied_at="2026-03-01T00:00:00Z", scrubbed_at="2026-03-01T00:00:01Z"
    )
    folder = tmp_path / "backups"
    folder.mkdir()
    for name, moment in (("throughline-old.tar", 1_767_225_600), ("throughline-new.tar", 1_790_000_000)):
        (folder / name).write_text("-")
        os.utime(folder / name, (moment, moment))
    (tmp_path / "prepared").mkdir()
    told = {"at": "2026-09-01T00:00:00+00:00", "file": str(folder / "throughline-new.tar")}
    (tmp_path / "prepared" / "last-backup.json").write_text(json.dumps(told))
    well, (level, sentence) = said(about_secrecy.ratings)
    assert well[0] is Level.OK and level is Level.WARN
    assert "throughline-old.tar" in sentence and "throughline-new.tar" not in sentence


def test_a_backup_tells_its_moment_by_its_name_also_after_it_was_copied(held: Round, tmp_path: Path) -> None:
    rounds = Round.objects.filter(pk=held.pk)
    rounds.update(untied_at="2026-03-01T00:00:00Z", scrubbed_at="2026-03-01T00:00:01Z")
    folder = tmp_path / "backups"
    folder.mkdir()
    before = {
        "throughline-20260228-235959.tar",  # begun before the closing, finished or copied after it
        "throughline-20260228-120000-by-hand.tar",
    }
    # The last one names no day that there is: then the disk's time counts.
    for name in {*before, "throughline-20260301-000000.tar", "throughline-20269999-000000.tar"}:
        (folder / name).write_text("-")
        os.utime(folder / name, (1_790_000_000, 1_790_000_000))
    os.utime(folder / "throughline-20260301-000000.tar", (1_767_225_600, 1_767_225_600))
    _well, (level, sentence) = said(about_secrecy.ratings)
    assert level is Level.WARN and sentence.startswith("2 backups")
    assert all(name in sentence for name in before)
    rounds.update(
        state=Round.State.AGREEING
    )  # opened again: what was cut stays cut, and those backups stay what they are
    assert any("2 backups" in sentence for _level, sentence in said(about_secrecy.ratings))


def test_it_names_what_a_restore_put_aside_whether_or_not_a_round_is_closed(
    held: Round, tmp_path: Path
) -> None:
    Round.objects.update(state=Round.State.AGREEING, untied_at=None, scrubbed_at=None)
    assert [level for level, _sentence in said(about_secrecy.ratings)] == [Level.OK]
    for name in ("replaced-20260101-000000", ".restoring-killed", "other"):
        (tmp_path / name).mkdir()
    _well, (level, sentence) = said(about_secrecy.ratings)
    assert level is Level.WARN and "put aside" in sentence
    assert str(tmp_path / "replaced-20260101-000000") in sentence and ".restoring-killed" in sentence
    assert "other" not in sentence


def test_it_tries_the_key_on_everything_that_is_sealed(held: Round, settings: Any) -> None:
    key = Path(settings.KEEPING_KEY)
    ((level, sentence),) = said(about_secrecy.sealed)
    assert level is Level.OK and "all 1 sealed" in sentence
    key.chmod(0o644)
    assert [level for level, _sentence in said(about_secrecy.sealed)] == [Level.OK, Level.FAIL]
    key.chmod(0o600)
    key.write_bytes(Fernet.generate_key())
    ((level, sentence),) = said(about_secrecy.sealed)
    assert level is Level.FAIL and "1 of 1" in sentence
