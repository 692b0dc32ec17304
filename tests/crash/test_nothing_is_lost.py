"""R1: server and worker (and on PostgreSQL the database server too) are killed with SIGKILL while people write.
What was acknowledged is there, once and whole.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from tests.crash.storm import Storm, Victim, Write
from tests.installations import on_postgres, prepared, prepared_on_postgres
from tests.running.places import ENGINES, environment_of
from throughline.activity.tests.sink import Sink

SCHOOLS = 8
LETTERS = 400

SET_UP = f"""
import json
from throughline.activity.actions import queue_mail
from throughline.testing import client_of, make_member, make_person, make_school
amara = make_person("Amara Okafor")
slugs = []
for number in range({SCHOOLS}):
    school = make_school(f"School {{number}}")
    make_member(school, "Amara Okafor", "lead", person=amara)
    slugs.append(school.slug)
for number in range({LETTERS}):
    queue_mail(key=f"letter {{number}}", to="ravi@example.org", subject=f"Letter {{number}}", body="-")
print(json.dumps({{"session": client_of(amara).cookies["sessionid"].value, "slugs": slugs}}))
"""

COUNT = """
import json
from django.db import connection
from throughline.activity.models import Event, OutgoingMail, Receipt
from throughline.schools.models import Group
told = Event.objects.filter(verb="group.created").values_list("subject_id", flat=True)
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        whole = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        whole += "".join(map(str, cursor.fetchall()))
else:
    whole = "ok"
print(json.dumps({
    "groups": {str(pk): name for pk, name in Group.objects.values_list("pk", "name")},
    "told": sorted(map(str, told)),
    "receipts": Receipt.objects.count(),
    "sent": list(OutgoingMail.objects.filter(sent_at__isnull=False).values_list("subject", flat=True)),
    "letters": OutgoingMail.objects.count(),
    "whole": whole,
}))
"""


@contextmanager
def victim(engine: str, var: Path, mail_port: int) -> Iterator[Victim]:
    """The product on fresh data of this engine, set up but not started."""
    mail = {"THROUGHLINE_MAIL_URL": f"smtp://127.0.0.1:{mail_port}"}
    if engine == "sqlite":
        shutil.copytree(prepared(), var, dirs_exist_ok=True)
        yield Victim(var, environment_of(var, **mail))
        return
    with on_postgres(prepared_on_postgres(), var, variables=mail) as (environment, server):
        yield Victim(var, environment, server)


def group_of(uuid_in_address: str) -> str:
    """The group's id at the end of the address that a success leads to."""
    return str(UUID(uuid_in_address.rstrip("/").split("/")[-1]))


def all_is_there(engine: str, var: Path, total: int, kills: int) -> None:
    with Sink() as sink, victim(engine, var, sink.port) as product:
        told = json.loads(product.shell(SET_UP))

        def write(number: int) -> Write:
            slug = told["slugs"][number % SCHOOLS]
            return Write(f"/s/{slug}/groups/new/", {"kind": "team", "name": f"Team {number}"})

        storm = Storm(product, told["session"], write, total, kills)
        product.start()
        try:
            storm.run()
        finally:
            product.stop()
        found = json.loads(product.shell(COUNT))

    assert storm.wrong == []
    assert storm.sent_again > 0, "no write was ever interrupted: the test proves nothing"
    assert len(storm.acknowledged) == total
    # None lost, none done twice: exactly the acknowledged groups are there, each under its acknowledged address.
    assert found["groups"] == {group_of(place): f"Team {n}" for n, place in storm.acknowledged.items()}
    # None torn: the group, its line in the log and its receipt were one transaction.
    assert found["told"] == sorted(found["groups"])
    assert found["receipts"] == total
    # A letter that is marked as sent was sent; none has vanished.
    assert set(found["sent"]) <= {letter["Subject"] for letter in sink.letters}
    assert (found["letters"], found["whole"]) == (LETTERS, "ok")
    assert found["sent"]


@pytest.mark.crash
@pytest.mark.parametrize("engine", ENGINES)
def test_a_thousand_writes_survive_six_kills(engine: str, tmp_path: Path) -> None:
    all_is_there(engine, tmp_path, total=1_000, kills=6)


@pytest.mark.crash
@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_writes_survive_fifty_kills(engine: str, tmp_path: Path) -> None:
    all_is_there(engine, tmp_path, total=10_000, kills=50)
