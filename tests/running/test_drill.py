"""The drill: a backup is made while people write, and restored into an empty place, where everything answers (R4)."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import running_product
from tests.crash.storm import Storm, Victim, Write
from tests.installations import dressed
from tests.running.lived import Lived, lived
from tests.running.places import ENGINES, environment_of

pytestmark = pytest.mark.crash

GROUPS = """
import json
from django.db.models import Count
from throughline.activity.models import Event, Receipt
from throughline.schools.models import Group
told = set(map(str, Event.objects.filter(verb="group.created").values_list("subject_id", flat=True)))
print(json.dumps({
    "groups": {str(pk): name for pk, name in Group.objects.values_list("pk", "name")},
    "told": sorted(told),
    "receipts": Receipt.objects.count(),
}))
"""


@contextmanager
def written_to(data: Lived, total: int) -> Iterator[Storm]:
    """The product runs on this data, and four writers post while the block lasts (and until all is written)."""
    victim = Victim(data.var, data.environment)
    address = f"/s/{data.told['slug']}/groups/new/"
    storm = Storm(
        victim,
        data.told["session"],
        lambda number: Write(address, {"kind": "team", "name": f"Team {number}"}),
        total=total,
        kills=0,
    )
    victim.start()
    writing = threading.Thread(target=storm.run)
    try:
        writing.start()
        yield storm
        writing.join(timeout=240)
        assert not writing.is_alive()
    finally:
        victim.stop()


def drilled(engine: str, tmp_path: Path, *, total: int, backups: int) -> None:
    with lived(engine, tmp_path) as data:
        files = data.files()
        made = tmp_path / "backups"
        seen: list[tuple[int, int]] = []
        with written_to(data, total) as storm:
            while len(seen) < backups:
                before = len(storm.acknowledged)
                data.run("backup", "--to", str(made))
                seen.append((before, len(storm.acknowledged)))
            assert any(after > before for before, after in seen), (
                "nobody wrote meanwhile: this proves nothing"
            )
        assert storm.wrong == []
        content = data.content()

        # Each backup: what was acknowledged before it began is in it, and nothing is torn.
        for number, backup in enumerate(sorted(made.glob("*.tar"))):
            new = Lived(tmp_path / f"new-{number}", environment_of(tmp_path / f"new-{number}"), data.told)
            if engine == "postgresql":
                name = f"restored_{number}"
                data.shell(
                    f"from django.db import connection as c; c.cursor().execute('CREATE DATABASE {name}')"
                )
                new.environment["DATABASE_URL"] = (
                    data.environment["DATABASE_URL"].rsplit("/", 1)[0] + "/" + name
                )
            said = new.run("restore", "--verify", str(backup))
            assert "FAIL" not in said
            found = json.loads(new.shell(GROUPS))
            before = seen[number][0]
            ours = {pk: name for pk, name in found["groups"].items() if name.startswith("Team ")}
            assert before <= len(ours) <= total
            assert set(found["told"]) == set(found["groups"])
            assert found["receipts"] == len(ours)
            acknowledged = {
                place.rstrip("/").split("/")[-1] for place in list(storm.acknowledged.values())[:before]
            }
            assert acknowledged <= set(ours)
            assert new.files() == files
        assert data.content() == content  # the drill left the original alone

        # The last one serves: the page of the round, and the uploaded file's row.
        told = data.told
        environment = {n: v for n, v in new.environment.items() if n == "DATABASE_URL"}
        dressed(new.var)
        (new.var / "secret-key").write_text((data.var / "secret-key").read_text())
        with running_product(new.var, **environment) as product:
            assert product.get("/readyz")[0] == 200
            asks = (
                "from django.test import Client as C; c = C(); c.cookies['sessionid'] = "
                f"{told['session']!r}; print(c.get('/s/{told['slug']}/journeys/{told['journey']}/').status_code)"
            )
            assert product.shell(asks).strip() == "200"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_that_was_made_while_people_wrote_is_whole(engine: str, tmp_path: Path) -> None:
    drilled(engine, tmp_path, total=300, backups=1)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_backup_after_backup_under_a_steady_storm(engine: str, tmp_path: Path) -> None:
    drilled(engine, tmp_path, total=4_000, backups=5)
