"""How each verb of composing a listening is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.voices.asking import actions as asking
from throughline.voices.models import Listening


def listening(their: Theirs) -> Listening:
    """One of theirs that is being composed."""
    return Listening.objects.filter(organisation=their.realm.organisation, state="draft").earliest("made_at")


@way
def begin_listening(their: Theirs) -> Act:
    journey = listening(their).journey
    return lambda by: asking.begin_listening(journey=journey, title="Ours", by=by)


@way
def ask_group(their: Theirs) -> Act:
    held = listening(their)
    return lambda by: asking.ask_group(listening=held, group="board", by=by)
