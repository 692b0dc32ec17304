"""How each verb of sharing and of the story is called well, by someone or by somebody else who acts the same way."""

from tests.trust.theirs import Act, Theirs, way
from throughline.journeys.models import Snapshot
from throughline.journeys.story import actions as telling
from throughline.network import actions
from throughline.network.models import Share, ShareRead


def shared(their: Theirs, audience: str = "people") -> Share:
    return Share.objects.get(organisation=their.realm.organisation, audience=audience)


@way
def share_snapshot(their: Theirs) -> Act:
    snapshot = Snapshot.objects.get(organisation=their.realm.organisation)
    return lambda by: actions.share_snapshot(
        place=their.place(by, "closed"), snapshot=snapshot, offer=actions.Offer("staff")
    )


@way
def withdraw_share(their: Theirs) -> Act:
    share = shared(their)
    return lambda by: actions.withdraw_share(place=their.place(by, "closed"), share=share)


@way
def mark_read(their: Theirs) -> Act:
    share = shared(their)
    ShareRead.objects.all().delete()
    return lambda by: actions.mark_read(by=by, share=share)


@way
def write_introduction(their: Theirs) -> Act:
    return lambda by: telling.write_introduction(
        place=their.place(by, "closed"), text="We set out in a hard year.", seen=0
    )
