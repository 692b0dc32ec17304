"""What educators learn: offerings and who came, and what they wrote for themselves."""

from collections.abc import Iterator
from functools import partial

from throughline.elements.models import Item
from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.texts import Told, told_in_file
from throughline.plans.models import Offering
from throughline.plans.professional.actions.offerings import Offer, add_offering, say_who_came, sign_up
from throughline.plans.professional.actions.reflecting import (
    say_what_changed,
    set_review,
    share_reflection,
    write_reflection,
)
from throughline.plans.professional.queries import people_in, traits_of


class Learning:
    """Offerings and reflections, each on its day."""

    def __init__(self, planning: Planning) -> None:
        self.planning, self.who = planning, planning.who
        self.told = told_in_file("learning")
        self.traits: dict[str, Item] = {each.title: each for each in traits_of(planning.journey.organisation)}
        self.offerings: dict[str, Offering] = {}

    def doings(self) -> Iterator[Doing]:
        """Everything, each on its day."""
        for told in self.told["offerings"]:
            yield told["added"], partial(self._offer, told)
            if "counted" in told:
                yield told["counted"], partial(self._count, told)
            for each in told.get("changed", ()):
                yield each["day"], partial(self._change, told["title"], each)
        for told in self.told["reviews"]:
            yield told["day"], partial(self._review, told)
        for told in self.told["reflections"]:
            yield told["day"], partial(self._reflect, told)

    def _offer(self, told: Told) -> None:
        planning = self.planning
        offer = Offer(
            title=told["title"],
            starts_on=planning.built.on(told["starts"]),
            ends_on=planning.day(told.get("ends")),
            kind=told["kind"],
            about=told["about"],
            led_by=told.get("led_by", ""),
            place=told["place"],
            run_by=self.who(told["run_by"]),
            competencies=tuple(planning.serves(told["serves"])),
            teaches=tuple(self.traits[title].pk for title in told["teaches"]),
        )
        offering = self.offerings[told["title"]] = add_offering(offer=offer, by=self.who("amara"))
        for key in told["people"]:
            sign_up(offering=offering, by=self.who(key))

    def _count(self, told: Told) -> None:
        offering = self.offerings[told["title"]]
        away = {self.who(key).pk for key in told.get("away", ())}
        came = [each.pk for each in people_in(offering) if each.membership_id not in away]
        say_who_came(offering=offering, came=came, by=self.who(told["run_by"]))

    def _change(self, title: str, told: Told) -> None:
        offering, by = self.offerings[title], self.who(told["by"])
        say_what_changed(offering=offering, text=told["text"], shared=told["shared"], by=by)

    def _review(self, told: Told) -> None:
        on = self.planning.built.on(told["on"])
        set_review(trait=self.traits[told["trait"]], review_on=on, by=self.who(told["by"]))

    def _reflect(self, told: Told) -> None:
        by = self.who(told["by"])
        written = write_reflection(trait=self.traits[told["trait"]], text=told["text"], by=by)
        if "reader" in told:
            share_reflection(reflection=written, reader=self.who(told["reader"]), by=by)
