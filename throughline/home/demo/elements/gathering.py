"""The two rounds of the Graduate Profile: what people said, how it was grouped, what they say to it now."""

from collections.abc import Callable, Iterator
from functools import partial

from throughline.elements.gathering import actions
from throughline.elements.models import Cluster, Entry
from throughline.home.demo.elements.drafting import Drafts
from throughline.home.demo.elements.texts import Told

KIND = "graduate-profile"
Day = tuple[int, Callable[[], object]]


class Gathering:
    """The entries by the cluster that they will stand in, and the clusters."""

    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.entries: dict[str, list[Entry]] = {}
        self.clusters: dict[str, Cluster] = {}

    def doings(self, told: Told) -> Iterator[Day]:
        """What happens, each on its day."""
        for each in told.get("entries", ()):
            yield each["day"], partial(self.type_in, each)
        for each in told.get("clusters", ()):
            yield each["day"], partial(self.group, each)
            if "agreed" in each:
                yield each["agreed"], partial(self.agree, each)
        for each in told.get("missing", ()):
            yield each["day"], partial(self.miss, each)
        for each in told.get("answers", ()):
            yield each["day"], partial(self.hear, each)

    def type_in(self, told: Told) -> None:
        """Notes are typed as they were written."""
        for key, said in told["said"].items():
            made = actions.add_entries(
                element=self.drafts.element(KIND),
                texts=said,
                group=told["group"],
                origin=told["origin"],
                by=self.drafts.who(told["by"]),
            )
            self.entries.setdefault(key, []).extend(made)

    def group(self, told: Told) -> None:
        """A cluster is named, and what belongs to it put there."""
        by, element = self.drafts.who(told["by"]), self.drafts.element(KIND)
        cluster = actions.make_cluster(element=element, title=told["title"], by=by)
        self.clusters[told["key"]] = cluster
        entries = [each.pk for each in self.entries[told["key"]]]
        actions.sort_entries(element=element, entries=entries, cluster=cluster, by=by)

    def agree(self, told: Told) -> None:
        """The cluster has become an attribute."""
        key = told["key"]
        actions.agree_cluster(
            cluster=self.clusters[key], item=self.drafts.items[key], by=self.drafts.who(told["by"])
        )

    def miss(self, told: Told) -> None:
        """Somebody says who is missing."""
        actions.note_missing(
            element=self.drafts.element(KIND),
            number=told["round"],
            text=told["text"],
            by=self.drafts.who(told["by"]),
        )

    def hear(self, told: Told) -> None:
        """What is said to an attribute in the second round."""
        actions.add_entries(
            element=self.drafts.element(KIND),
            texts=told["said"],
            group=told["group"],
            origin=told["origin"],
            by=self.drafts.who(told["by"]),
            item=self.drafts.items[told["about"]],
            stance=told["stance"],
        )
