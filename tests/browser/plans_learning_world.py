"""What professional learning brings into the browser world: ids for its addresses."""

from datetime import timedelta
from typing import Any

from throughline.elements.models import Element, Item
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.plans import models as parts
from throughline.plans.mentoring.actions import (
    agree_pair,
    arrange_pair,
    end_pair,
    keep_meeting,
    propose_pair,
)
from throughline.plans.professional.actions.offerings import Offer, add_offering, say_who_came, sign_up
from throughline.plans.professional.actions.reflecting import (
    say_what_changed,
    set_review,
    share_reflection,
    write_reflection,
)
from throughline.plans.professional.queries import people_in, traits_of
from throughline.plans.queries import staff_of
from throughline.schools.models import Membership, Organisation
from throughline.schools.queries import leads_of


def _ids(rows: Any) -> list[str]:
    return [str(each.pk) for each in rows]


def learning_of(school: Organisation) -> dict[str, list[str]]:
    """What the lead runs, with seven who came, and what the lead and an educator wrote; made where the school has none."""
    here = {"organisation": school}
    if school.slug == "harbor-bridge" and not parts.Offering.objects.filter(**here).exists():
        _some_learning(leads_of(school)[0])
    traits = Item.objects.filter(kind="educator-competency", removed_at=None, **here).order_by("position")
    return {
        "offering_id": _ids(parts.Offering.objects.filter(**here).order_by("-starts_on")[:3]),
        "reflection_id": _ids(parts.Reflection.objects.filter(**here).order_by("on", "pk")[:3]),
        "trait_id": _ids(traits[:1]),
        **_mentoring(school),
    }


def _mentoring(school: Organisation) -> dict[str, list[str]]:
    """Pairs of the lead: one proposed to them, one that goes on, one that ended; and two that a lead arranged."""
    rows = parts.Pair.objects.filter(organisation=school)
    if school.slug == "harbor-bridge" and not rows.exists():
        _some_pairs(leads_of(school)[0])
    notes = parts.PairNote.objects.filter(organisation=school).order_by("pk")
    return {"pair_id": _ids(rows.order_by("agreed_on", "pk")[:6]), "pair_note_id": _ids(notes[:1])}


def _some_pairs(lead: Membership) -> None:
    others = [each for each in staff_of(lead.organisation) if each.pk != lead.pk]
    propose_pair(other=lead, as_mentor=False, every_weeks=1, by=others[0])
    propose_pair(other=others[3], as_mentor=True, every_weeks=3, by=lead)
    for other, ends in ((others[1], False), (others[2], True)):
        made = agree_pair(pair=propose_pair(other=lead, as_mentor=False, every_weeks=2, by=other), by=lead)
        for by in (lead, other):
            text = "We try it with two learners first."
            keep_meeting(pair=made, on=clock.today() - timedelta(days=20), text=text, by=by)
        if ends:
            end_pair(pair=made, by=other)
    for number in (0, 2):
        arrange_pair(mentor=others[number], mentee=others[number + 1], every_weeks=2, by=lead)


def _some_learning(lead: Membership) -> None:
    traits = traits_of(lead.organisation)
    if not traits:
        framework = Element.objects.filter(organisation=lead.organisation, kind="learning-framework").first()
        if framework is None:
            framework = begin_element(
                kind="learning-framework", title="How we learn", language="en", outline=[], by=lead
            )
        words = {"title": "Feedback that is used", "text": "Learners act on it within the week."}
        traits = [add_item(element=framework, kind="educator-competency", words=words, by=lead)]
    today, trait = clock.today(), traits[0]
    set_review(trait=trait, review_on=today, by=lead)
    study = Offer(
        "Rubrics read together", today, "study", teaches=(trait.pk,), place="Library", led_by="Ravi"
    )
    running = add_offering(offer=study, by=lead)
    add_offering(offer=Offer("A visit to Hillcrest", today - timedelta(days=90), "visit"), by=lead)
    staff = staff_of(lead.organisation)
    others = [each for each in staff if each.pk != lead.pk][:6]
    for each in (lead, *others):
        sign_up(offering=running, by=each)
    say_who_came(offering=running, came=[each.pk for each in people_in(running)], by=lead)
    say_what_changed(offering=running, text="I ask before I explain.", shared=True, by=lead)
    thought = write_reflection(trait=trait, text="I still hand work back too late.", by=lead)
    share_reflection(reflection=thought, reader=others[0], by=lead)
    for each in others:
        theirs = write_reflection(trait=trait, text="Two learners acted on it.", by=each)
        share_reflection(reflection=theirs, reader=lead, by=each)
