"""Addresses that anyone may follow: of a framework, one of its versions, one of its competencies. They never change.

Each part is a readable code where it can stand in an address, and the id where it cannot. Printed cards carry them.
"""

import re
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from throughline.frameworks.models import Framework, FrameworkVersion

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


class Coded(Protocol):
    """A competency, as a row or as an item of a tree."""

    @property
    def id(self) -> UUID: ...
    @property
    def code(self) -> str: ...


def public_address(version: FrameworkVersion, competency: Coded | None = None) -> str:
    """The path of a version's public page, or of one of its competencies there, whether or not it is open yet."""
    parts = {"framework": framework_key(version.framework), "number": readable(version.number, version.pk)}
    if competency is None:
        return reverse("frameworks:public-version", kwargs=parts)
    code = readable(competency.code, competency.id)
    return reverse("frameworks:public-competency", kwargs={**parts, "code": code})


def framework_address(framework: Framework) -> str:
    """The path that always shows the newest version."""
    return reverse("frameworks:public-framework", kwargs={"framework": framework_key(framework)})


def framework_key(framework: Framework) -> str:
    """A shared framework by its code; one of an organisation by its id, as two may have chosen the same code."""
    return framework.code if framework.owner_id is None else str(framework.pk)


def readable(text: str, otherwise: UUID) -> str:
    """`text` if it can stand in an address as it is, else the id."""
    return text if _SAFE.fullmatch(text) else str(otherwise)
