"""How each verb of saying what came of a listening is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.voices.models import Listening, Reply
from throughline.voices.replying import actions as replying

WORDS = {"en": {"heard": "Ours"}}


def closed_one(their: Theirs) -> Listening:
    """One of theirs that is closed."""
    return Listening.objects.filter(organisation=their.realm.organisation, replies__isnull=False).earliest(
        "made_at"
    )


def reply(their: Theirs) -> Reply:
    """A line of what came of it."""
    return Reply.objects.filter(organisation=their.realm.organisation).earliest("position")


@way
def add_reply(their: Theirs) -> Act:
    held = closed_one(their)
    return lambda by: replying.add_reply(listening=held, kind="will", words=WORDS, by=by)


@way
def change_reply(their: Theirs) -> Act:
    held = reply(their)
    return lambda by: replying.change_reply(reply=held, words=WORDS, by=by)


@way
def move_reply(their: Theirs) -> Act:
    second = replying.add_reply(listening=closed_one(their), kind="will", words=WORDS, by=their.lead)
    return lambda by: replying.move_reply(reply=second, up=True, by=by)


@way
def drop_reply(their: Theirs) -> Act:
    held = reply(their)
    return lambda by: replying.drop_reply(reply=held, by=by)


@way
def publish_replies(their: Theirs) -> Act:
    held = reply(their)
    replying.change_reply(reply=held, words=WORDS, by=their.lead)
    return lambda by: replying.publish_replies(listening=held.listening, by=by)


@way
def archive_listening(their: Theirs) -> Act:
    held = closed_one(their)
    return lambda by: replying.archive_listening(listening=held, by=by)


@way
def unarchive_listening(their: Theirs) -> Act:
    held = closed_one(their)
    replying.archive_listening(listening=held, by=their.lead)
    return lambda by: replying.unarchive_listening(listening=held, by=by)
