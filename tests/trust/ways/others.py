"""How each verb of records, schools and frameworks is called well."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.journeys import shared
from throughline.frameworks.publishing import actions as publishing
from throughline.frameworks.publishing.toml_reading import read_toml
from throughline.kit import clock
from throughline.records import actions as records
from throughline.records.evidence import actions as bringing
from throughline.schools import actions as schools


@way
def open_record(their: Theirs) -> Act:
    group = their.group()
    return lambda by: records.open_record(version=shared(), by=by, group=group)


@way
def decide(their: Theirs) -> Act:
    return lambda by: records.decide(
        record=their.record(), competency_id=their.competency(3), after="in-progress", reason="Yes.", by=by
    )


@way
def set_aside(their: Theirs) -> Act:
    return lambda by: records.set_aside(
        record=their.record(), competency_id=their.competency(3), reason="Not ours.", by=by
    )


@way
def take_up(their: Theirs) -> Act:
    set_aside(their)(their.lead)
    return lambda by: records.take_up(record=their.record(), competency_id=their.competency(3), by=by)


def a_text(**more: object) -> bringing.Piece:
    return bringing.Piece(
        **{"kind": "text", "mark": "practice", "title": "Seen", "text": "So.", **more},  # type: ignore[arg-type]
        happened_on=clock.today(),
    )


@way
def bring_evidence(their: Theirs) -> Act:
    return lambda by: bringing.bring_evidence(record=their.record(), piece=a_text(), by=by)


@way
def claim(their: Theirs) -> Act:
    shows = [bringing.Shows(their.competency(4))]
    return lambda by: bringing.claim(
        evidence=their.evidence(), record=their.record(), shows=shows, why="It does.", by=by
    )


@way
def withdraw_evidence(their: Theirs) -> Act:
    return lambda by: bringing.withdraw_evidence(evidence=their.evidence(), reason="Wrong.", by=by)


@way
def agree_affiliation(their: Theirs) -> Act:
    return lambda by: schools.agree_affiliation(by=by, affiliation=their.tie())


@way
def decline_affiliation(their: Theirs) -> Act:
    return lambda by: schools.decline_affiliation(by=by, affiliation=their.tie())


@way
def end_affiliation(their: Theirs) -> Act:
    schools.agree_affiliation(by=their.lead, affiliation=their.tie())
    return lambda by: schools.end_affiliation(by=by, affiliation=their.tie())


@way
def change_group(their: Theirs) -> Act:
    group = their.group()
    return lambda by: schools.change_group(by=by, group=group, kind="team", name="Other")


@way
def archive_group(their: Theirs) -> Act:
    group = their.group()
    return lambda by: schools.archive_group(by=by, group=group)


@way
def restore_group(their: Theirs) -> Act:
    group = schools.archive_group(by=their.lead, group=their.group())
    return lambda by: schools.restore_group(by=by, group=group)


@way
def add_to_group(their: Theirs) -> Act:
    group = their.group()
    return lambda by: schools.add_to_group(by=by, group=group, members=[their.learner])


@way
def remove_from_group(their: Theirs) -> Act:
    group = their.group()
    schools.add_to_group(by=their.lead, group=group, members=[their.learner])
    return lambda by: schools.remove_from_group(by=by, group=group, member=their.learner)


@way
def renew_invitation(their: Theirs) -> Act:
    return lambda by: schools.renew_invitation(by=by, member=their.guest())


@way
def withdraw_invitation(their: Theirs) -> Act:
    return lambda by: schools.withdraw_invitation(by=by, member=their.guest())


@way
def change_roles(their: Theirs) -> Act:
    return lambda by: schools.change_roles(by=by, member=their.learner, roles=["educator"])


@way
def remove_member(their: Theirs) -> Act:
    return lambda by: schools.remove_member(by=by, member=their.learner)


@way
def publish(their: Theirs) -> Act:
    plan = read_toml(sorted(publishing.SHIPPED.glob("*.toml"), key=lambda path: len(path.name))[0])
    return lambda by: publishing.publish(plan, owner=their.realm.organisation, by=by)
