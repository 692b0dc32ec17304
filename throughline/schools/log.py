"""The log in words. Rooms register a sentence part for each of their verbs; here are those of this room.

A sentence follows the name of who did it (`Amara Okafor` — `opened the round`). It may hold values of the event's
detail as `%(name)s`. A detail never holds a rating, its time or its edits.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.activity.actions import record
from throughline.activity.models import Event
from throughline.schools.models import Membership, Role

Words = str | Promise

More = Callable[[Mapping[str, Any]], dict[str, Any]]

_sentences: dict[str, Words] = {}
_more: dict[str, More] = {}


def register_event(verb: str, sentence: Words, more: More | None = None) -> None:
    """Say how the log tells of `verb`, for example `register_event("round.opened", gettext_lazy("opened the round"))`.

    `more` makes values of the sentence out of the detail, in the reader's language."""
    _sentences[verb] = sentence
    if more is not None:
        _more[verb] = more


def described_verbs() -> frozenset[str]:
    """Every verb that the log has words for."""
    return frozenset(_sentences)


class _Known(dict[str, Any]):
    """A value that an event does not hold is shown as a dash rather than as an error."""

    def __missing__(self, key: str) -> str:
        return "–"


def describe(event: Event) -> str:
    """What happened, to stand after the name of who did it."""
    sentence = _sentences.get(event.verb)
    if sentence is None:
        return _("did something this page has no words for (%(verb)s)") % {"verb": event.verb}
    more = _more.get(event.verb)
    return str(sentence) % _Known(_readable({**event.detail, **(more(event.detail) if more else {})}))


def _readable(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Names stand between isolates, so that one in another direction does not turn the sentence round."""
    known = dict(detail)
    if "roles" in known:
        labels = dict(Role.choices)
        known["roles"] = ", ".join(str(labels.get(role, role)) for role in known["roles"])
    return {key: f"\u2068{value}\u2069" if isinstance(value, str) else value for key, value in known.items()}


def note(verb: str, *, by: Membership, subject: Any = None, **detail: Any) -> None:
    """Write to the log of the organisation of `by`."""
    record(
        verb,
        organisation_id=by.organisation_id,
        actor_id=by.pk,
        actor_name=by.name,
        subject=subject,
        **detail,
    )


for _verb, _sentence in (
    ("organisation.created", gettext_lazy("set up %(name)s")),
    ("organisation.changed", gettext_lazy("changed the settings of %(name)s")),
    ("member.invited", gettext_lazy("invited %(name)s as %(roles)s")),
    ("member.joined", gettext_lazy("accepted the invitation")),
    ("member.roles-changed", gettext_lazy("changed the roles of %(name)s to %(roles)s")),
    ("member.removed", gettext_lazy("removed %(name)s")),
    ("member.left", gettext_lazy("left")),
    ("invitation.renewed", gettext_lazy("made a new invitation link for %(name)s")),
    ("invitation.withdrawn", gettext_lazy("withdrew the invitation of %(name)s")),
    ("group.created", gettext_lazy("created the group %(name)s")),
    ("group.changed", gettext_lazy("changed the group %(name)s")),
    ("group.archived", gettext_lazy("archived the group %(name)s")),
    ("group.restored", gettext_lazy("brought back the group %(name)s")),
    ("group.member-added", gettext_lazy("added %(name)s to the group %(group)s")),
    ("group.member-removed", gettext_lazy("removed %(name)s from the group %(group)s")),
    ("affiliation.asked", gettext_lazy("asked to connect %(member)s with %(to)s")),
    ("affiliation.agreed", gettext_lazy("agreed to connect %(member)s with %(to)s")),
    ("affiliation.declined", gettext_lazy("declined to connect %(member)s with %(to)s")),
    ("affiliation.taken-back", gettext_lazy("took back the request to connect %(member)s with %(to)s")),
    ("affiliation.ended", gettext_lazy("ended the connection of %(member)s with %(to)s")),
    ("mail.given-up", gettext_lazy("gave up on an email that could not be sent (%(attempts)s attempts)")),
    ("ledger.erased", gettext_lazy("erased what had to be erased (%(reason)s)")),
):
    register_event(_verb, _sentence)
