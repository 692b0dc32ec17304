"""What rooms above add to a room below it when the product starts (`AppConfig.ready`)."""

from typing import TypeVar

Thing = TypeVar("Thing")


class Registry(list[Thing]):
    """Things in the order in which they were added, each once, however often the product starts in this process."""

    def add(self, thing: Thing) -> Thing:
        """Take it, unless it is here; also as a decorator."""
        if thing not in self:
            self.append(thing)
        return thing
