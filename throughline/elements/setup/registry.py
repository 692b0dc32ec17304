"""What capabilities above add to the pages of an element as a whole, and hear of: each registers when the product starts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from throughline.elements.models import Element
from throughline.elements.policy import Part
from throughline.kit.registry import Registry
from throughline.schools.models import Membership, Organisation
from throughline.schools.tenant import MemberRequest, Seat

Section = dict[str, str]
Outline = list[Section]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What could be done next in an element: a sentence, and where."""

    sentence: str | Promise
    url: str
    words: str | Promise


# Called in the same transaction when an outline becomes another one: (element, outline before, by).
outlined = Registry[Callable[[Element, Outline, Membership], None]]()
# The text of an element as a document; the first one that is registered is asked.
texts = Registry[Callable[[Element], dict[str, Any]]]()
# The next step of each of these elements, for the list of all; the first that names one for an element is heard.
next_steps = Registry[Callable[[Seat, Sequence[Part]], Mapping[UUID, NextStep]]]()
# Panels on an element's overview: (order, what draws it; nothing is drawn for an empty answer).
panels = Registry[tuple[int, Callable[[MemberRequest, Part], SafeString | str]]]()
# The groups that have been heard in each element, however that happened.
heard = Registry[Callable[[Organisation], Mapping[UUID, set[str]]]]()
