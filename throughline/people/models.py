"""A person: one human being, however many schools and roles they have."""

import secrets
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from throughline.kit import clock
from throughline.kit.ids import time_ordered_id
from throughline.kit.prepared import prepared
from throughline.kit.text import clean_line


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail address, whatever the case it was typed in."""

    def get(self, *args: Any, **kwargs: Any) -> "Person":
        """By key, as every request asks, the query is written once."""
        if args or kwargs.keys() != {"pk"} or not isinstance(kwargs["pk"], UUID):
            return super().get(*args, **kwargs)
        for found in _by_key(kwargs["pk"]):
            return found
        raise self.model.DoesNotExist

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=normal_address(username or ""))

    def create_user(self, email: str, name: str = "", password: str | None = None) -> "Person":
        """A person who can sign in; without a password only by mail code or a reset."""
        person = self.model(email=normal_address(email), name=clean_line(name))
        person.set_password(password)
        person.save(using=self._db)
        return person


# Addresses of people who have none: they lead nowhere (`activity.actions.NOWHERE`) and are shown to nobody.
NO_ADDRESS = "@has-no-address.example"


def normal_address(email: str) -> str:
    """E-mail addresses are compared and kept in lower case."""
    return clean_line(email).lower()


def new_stamp() -> str:
    """What every session of a person is signed with, besides the password; a new one ends them all."""
    return secrets.token_hex(16)


class Person(AbstractBaseUser):
    """Someone who can sign in. What they may do is said by their memberships, not here.

    `address_proven_at` is when they first showed that they read the mail of their address. A link that a lead
    handed over proves nothing of the kind.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    session_stamp = models.CharField(max_length=32, default=new_stamp, editable=False)
    address_proven_at = models.DateTimeField(null=True)
    # When they had the guided look, or said that they do not want it.
    looked_around_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def shown_address(self) -> str:
        """Their e-mail address; nothing for somebody who has none."""
        return "" if self.email.endswith(NO_ADDRESS) else self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions live as long as neither the password nor the stamp has changed."""
        signed = f"{self.password}:{self.session_stamp}"
        return salted_hmac(
            "throughline.people.session", signed, secret=secret, algorithm="sha256"
        ).hexdigest()


@prepared
def _by_key(key: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=key)


def display_name(person: Person) -> str:
    """What pages and letters call a person."""
    return str(person)
