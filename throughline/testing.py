"""The same few people in every test: Harbour Bridge School, those who belong to it, and a stranger.

Used by `conftest.py` fixtures (`school`, `lead`, `team`, …) and by tests that need more people than those.
"""

from typing import Any
from urllib.parse import quote

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils.text import slugify

from throughline.kit import clock
from throughline.people.models import Person
from throughline.schools.models import Membership, Organisation, Role, RoleHolding


def make_school(name: str = "Harbour Bridge", kind: str = "school", **fields: Any) -> Organisation:
    """An organisation; its short name in addresses is its name in small letters."""
    fields.setdefault("slug", slugify(name))
    return Organisation.objects.create(name=name, kind=kind, **fields)


def make_person(name: str, **fields: Any) -> Person:
    """Someone who can sign in, with an address made from the name and no password (use `client_of`)."""
    address = fields.pop("email", f"{slugify(name).replace('-', '.')}@example.org")
    person = Person.objects.create_user(address, name=name)
    for field, value in fields.items():
        setattr(person, field, value)
    if fields:
        person.save(update_fields=list(fields))
    return person


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
