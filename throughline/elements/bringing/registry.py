"""Who takes the comments that came in a text, once it has become the text of an element."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from throughline.elements.models import Element
from throughline.kit.registry import Registry
from throughline.schools.models import Membership


@dataclass(frozen=True, slots=True)
class BroughtComment:
    """What somebody wrote beside a text elsewhere: `start` to `end` are positions in `version` of the element's text.

    `author` and `at` are what the file says: names, not members. `about` are the words it stands on.
    """

    author: str
    at: str
    text: str
    start: int
    end: int
    about: str


# take(element, version, comments, by): called within the transaction that puts the text in.
CommentsTaker = Callable[[Element, int, Sequence[BroughtComment], Membership], None]
comments_taken = Registry[CommentsTaker]()
