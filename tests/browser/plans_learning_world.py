"""What professional learning brings into the browser world: ids for its addresses."""

from datetime import timedelta
from typing import Any

from throughline.elements.models import Element, Item
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.plans import models as parts
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
    }


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
