"""A yes or a no with its reason: one answer guards the verb, shows or hides the button, and explains itself."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class Refused(PermissionDenied):
    """A person may see this but not do it. `str()` is a sentence to show them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed; otherwise it carries the sentence that explains the refusal."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise `Refused` with the reason unless allowed."""
        if not self.allowed:
            raise Refused(str(self.reason))


ALLOWED = Verdict(True)


def refuse(reason: str | Promise) -> Verdict:
    """A no, with the sentence to show."""
    return Verdict(False, reason)
