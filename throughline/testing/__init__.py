"""The same few people in every test: Harbour Bridge School, those who belong to it, and a stranger.

Used by `conftest.py` fixtures (`school`, `lead`, `team`, …) and by tests that need more people than those.
"""

import copy
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.test import Client
from django.utils.text import slugify

from throughline.activity.models import Event
from throughline.frameworks.models import Framework, FrameworkVersion
from throughline.frameworks.publishing.actions import load_shipped
from throughline.frameworks.tree import forget_trees
from throughline.kit import clock
from throughline.people.models import Person
from throughline.schools.models import Membership, Organisation, Role, RoleHolding
from throughline.testing.remembering import remembered


@remembered
def make_school(name: str = "Harbour Bridge", kind: str = "school", **fields: Any) -> Organisation:
    """An organisation; its short name in addresses is its name in small letters."""
    fields.setdefault("slug", slugify(name))
    return Organisation.objects.create(name=name, kind=kind, **fields)


@remembered
def make_person(name: str, **fields: Any) -> Person:
    """Someone who can sign in, with an address made from the name and no password (use `client_of`)."""
    address = fields.pop("email", f"{slugify(name).replace('-', '.')}@example.org")
    person = Person.objects.create_user(address, name=name)
    for field, value in fields.items():
        setattr(person, field, value)
    if fields:
        person.save(update_fields=list(fields))
    return person


@remembered
def make_member(
    school: Organisation, name: str, *roles: Role | str, person: Person | None = None
) -> Membership:
    """A member who has joined, with these roles; `person` makes someone known a member of one more school."""
    member = Membership.objects.create(
        organisation=school, person=person or make_person(name), name=name, joined_at=clock.now()
    )
    for role in roles:
        RoleHolding.objects.create(organisation=school, membership=member, role=Role(role))
    return member


def client_of(member: Membership | Person, **defaults: Any) -> Client:
    """A test browser in which this member (or person) has signed in."""
    client = Client(**defaults)
    client.force_login(member.person if isinstance(member, Membership) else member)
    return client


def database_address(connection: BaseDatabaseWrapper) -> str:
    """The DATABASE_URL of the test database, for a process of its own."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    password = f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else ""
    return (
        f"postgresql://{quote(told['USER'])}{password}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"
    )


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    """Until it is true, looking again and again; an error when it takes too long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


_shipped: list[tuple[type[Model], list[Model]]] = []
_shipped_at: list[datetime] = []


def ship_frameworks() -> None:
    """The frameworks that ship."""
    _ship_frameworks()
    forget_trees()


@remembered
@transaction.atomic
def _ship_frameworks() -> None:
    """The frameworks that ship, as `load_shipped` publishes them: by that verb the first time in a process, and from then
    on as the rows that it made. Half of the tests need them, and making them anew was a third of what a test took."""
    if Framework.objects.exists():
        load_shipped()
    elif not _shipped:
        moment = clock.now()
        with clock.standing_at(moment):
            load_shipped()
        _shipped_at.append(moment)
        _shipped.extend(_rows_made_at(moment))
    else:
        for model, rows in _shipped:
            model._base_manager.bulk_create(_made_now(rows))


def shipped_version() -> FrameworkVersion:
    """The journey framework as it ships: five domains, 24 competencies."""
    ship_frameworks()
    return FrameworkVersion.objects.select_related("framework").get(
        framework__owner=None, framework__code="journeys-to-mastery-learning"
    )


def _rows_made_at(moment: datetime) -> Iterator[tuple[type[Model], list[Model]]]:
    yield Event, list(Event.objects.filter(at=moment))
    for model in apps.get_app_config("frameworks").get_models():
        yield model, list(model._base_manager.all())


def _made_now(rows: Iterable[Model]) -> Iterator[Model]:
    now = clock.now()
    for row in map(copy.copy, rows):
        for field in row._meta.concrete_fields:
            if getattr(row, field.attname) == _shipped_at[0]:
                setattr(row, field.attname, now)
        yield row
