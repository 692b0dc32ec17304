"""The register of policies: what each says, why it was changed, and who adopted it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.texts import Told, told_in_file
from throughline.plans.models import Policy
from throughline.plans.policies.actions import About, Wording, add_policy, change_policy, revise_policy


class Register:
    """Three policies and their revisions."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning
        self.policies: dict[str, Policy] = {}
        self.about: dict[str, About] = {}

    def doings(self) -> Iterator[Doing]:
        """What came into the register, each on its day."""
        for told in told_in_file("policies")["policies"]:
            yield told["day"], partial(self._add, told)
            for revision in told["revisions"]:
                yield revision["day"], partial(self._revise, told["key"], revision)
            if "later" in told:
                yield told["later"]["day"], partial(self._change, told["key"], told)

    def _add(self, told: Told) -> None:
        about = About(
            title=told["title"],
            owner=self.planning.who(told["owner"]),
            review_on=self.planning.day(told["review_on"]),
            needed=told["needed"],
            says=told["says"],
            competencies=tuple(self.planning.serves(told["serves"])),
        )
        self.about[told["key"]] = about
        self.policies[told["key"]] = add_policy(about=about, by=self.planning.who(told["by"]))

    def _change(self, key: str, told: Told) -> None:
        about = replace(self.about[key], state=told["later"]["state"])
        change_policy(policy=self.policies[key], about=about, by=self.planning.who(told["by"]))

    def _revise(self, key: str, told: Told) -> None:
        revise_policy(
            policy=self.policies[key],
            says=Wording(told["text"].strip(), told.get("link", "")),
            reason=told.get("reason", ""),
            adopted_by=told.get("adopted_by", ""),
            adopted_on=self.planning.day(told.get("adopted")),
            by=self.planning.who(told["by"]),
        )
