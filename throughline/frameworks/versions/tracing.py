"""Where a competency goes when versions follow one another. Pure: codes, and what became of each from step to step."""

from collections.abc import Iterable, Mapping

Step = Mapping[str, tuple[str, ...]]


def forward(codes: Iterable[str], steps: Iterable[Step]) -> frozenset[str]:
    """The codes that continue `codes` after these steps, the oldest step first. What was dropped is gone."""
    found = frozenset(codes)
    for step in steps:
        found = frozenset(new for code in found for new in step.get(code, ()))
    return found


def backward(codes: Iterable[str], steps: Iterable[Step]) -> frozenset[str]:
    """The codes that `codes` came from, the newest step first. What is new came from none."""
    found = frozenset(codes)
    for step in steps:
        found = frozenset(old for old, news in step.items() if found.intersection(news))
    return found
