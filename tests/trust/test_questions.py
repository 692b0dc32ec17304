"""No page asks the database to read through the rows of every organisation: each question finds an index."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.trust.test_walk import MEMBERS, addresses
from tests.trust.world import build_realm
from throughline.journeys.models import Rating
from throughline.schools.models import Role
from throughline.testing import client_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.walk,
    pytest.mark.skipif(
        connection.vendor != "sqlite",
        reason="the questions are the same on both engines; SQLite says plainly how it answers them",
    ),
]


def tenant_tables() -> set[str]:
    """Tables that hold rows of every organisation."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "organisation" for field in model._meta.concrete_fields)
    }


def read_through(sql: str) -> set[str]:
    """The tenant tables that the database would read from end to end to answer this."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [row[3] for row in cursor.fetchall()]
    scanned = {match.group(1) for step in steps if (match := re.fullmatch(r"SCAN (\S+)", step))}
    return {_table(sql, name) for name in scanned} & tenant_tables()


def _table(sql: str, alias: str) -> str:
    match = re.search(rf'"(\w+)" {alias}\b', sql)
    return match.group(1) if match else alias


def questions(pages: list[str], client: Client) -> Iterator[tuple[str, str]]:
    """What opening these pages asks the database."""
    for address in pages:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        for each in asked.captured_queries:
            if each["sql"].startswith("SELECT"):
                yield address, each["sql"]


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEARNER])
def test_no_page_reads_through_the_rows_of_every_organisation(role: Role) -> None:
    realm = build_realm("Harbour Bridge")
    pages = ["/", "/me/", *(next(addresses(route, realm, realm)) for route in MEMBERS)]
    asked = list(questions(pages, client_of(realm.members[role])))
    assert len(asked) > 100
    assert sorted({(page, name) for page, sql in asked for name in read_through(sql)}) == []


def test_a_question_without_an_organisation_is_found() -> None:
    with CaptureQueriesContext(connection) as asked:
        list(Rating.objects.filter(rater_id=uuid4()))
    assert read_through(asked.captured_queries[0]["sql"]) == {"journeys_rating"}
