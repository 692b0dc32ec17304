"""Verbs of a district or network towards its schools: ask one whether it would help, cite what one shows."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.activity.actions import record as log
from throughline.activity.models import OutgoingMail
from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.kit.verdict import refuse
from throughline.network.citing import citable
from throughline.network.letters import queue_question
from throughline.network.models import CitedShare, Share
from throughline.network.policy import may_ask_schools, may_read_of_others
from throughline.network.received import helper
from throughline.people.wording import too_long
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.records.models import Evidence, Mark, Record
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.schools.queries import fresh, leads_of
from throughline.schools.tenant import seat_of

LONGEST = 2000


@transaction.atomic
def ask_school(*, by: Membership, share_id: UUID, competency_id: UUID, message: str) -> Share:
    """Write to the leads of a school that has earned a competency and said that it may be asked.

    The letter names who asks and the competency, and nothing of any other school. One a day for each competency.
    """
    by = fresh(by)
    seat = seat_of(by)
    may_ask_schools(seat).enforce()
    found = helper(seat, share_id, competency_id)
    if found is None:
        refuse(_("This school no longer shares that, or it has not said that others may ask.")).enforce()
    assert found is not None
    competency, picture, version_id = found
    text = clean_text(message)
    if not text:
        raise ValidationError({"message": _("Write what you would like to ask.")})
    if len(text) > LONGEST:
        raise ValidationError({"message": too_long(LONGEST)})
    share = Share.objects.select_related("organisation").get(pk=share_id, organisation=picture.school_id)
    key = f"network-ask:{share.pk}:{competency.id}:{clock.today().isoformat()}"
    if OutgoingMail.objects.filter(key__startswith=key).exists():
        raise ValidationError(
            {"message": _("You already wrote to this school about it today. Give them a little time.")}
        )
    for lead in leads_of(share.organisation):
        queue_question(
            lead, by=by, framework=version_id, competency_id=competency.id, text=text, key=f"{key}:{lead.pk}"
        )
    told = {"member": share.organisation.name, "to": by.organisation.name, "competency": competency.name}
    note("share.asked-for-help", by=by, subject=share, **told)
    log(
        "share.asked-for-help-here",
        organisation_id=share.organisation_id,
        actor_id=by.pk,
        actor_name=by.name,
        subject=share,
        **told,
    )
    return share


@transaction.atomic
def cite_shared(*, record: Record, competency_id: UUID, share_id: UUID, why: str, by: Membership) -> Evidence:
    """Bring a standing that a school shows as evidence to a record of ours, when the school lets it be cited.

    What it shows stays with the school: our side keeps where to look, and the words of whoever brings it.
    """
    by = fresh(by)
    seat = seat_of(by)
    may_read_of_others(seat).enforce()
    item = tree(record.version_id).by_id.get(competency_id)
    if item is None:
        raise ValidationError({"share": _("This competency is not part of the framework of this record.")})
    found = next((each for each in citable(seat, record, item.id) if each.share.pk == share_id), None)
    if found is None:
        raise ValidationError({"share": _("Choose a standing that a school shares and lets you cite.")})
    piece = Piece(
        kind=Evidence.Kind.SHARED,
        mark=Mark.EFFECT,
        title=Truncator(_("What a school shares about %(competency)s") % {"competency": item.name}).chars(
            200
        ),
        happened_on=clock.today(),
        kept_above=True,
        shows=(Shows(item.id),),
        why=why,
    )
    evidence = bring_evidence(record=record, piece=piece, by=by)
    CitedShare.objects.create(
        organisation_id=record.organisation_id,
        evidence=evidence,
        school=found.share.organisation,
        snapshot=found.share.snapshot_id,
        competency_id=found.competency_id,
    )
    return evidence
