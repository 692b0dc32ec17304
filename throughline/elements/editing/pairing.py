"""Which of some paragraphs that went and some that came belong together: the pairs, in order, that are most alike."""

import re
from collections import Counter
from collections.abc import Sequence

WORD = re.compile(r"\w+")
ALIKE = 0.3
MOST = 4_000  # pairs that are looked at: more stand in texts that were replaced as a whole


def words_in(text: str) -> "Counter[str]":
    """The words of a text, for telling how much alike two are."""
    return Counter(WORD.findall(text))


def likeness(one: "Counter[str]", other: "Counter[str]") -> float:
    """From 0 (no word in common) to 1 (the same words)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else float(one == other)


def pairs(old: Sequence["Counter[str]"], new: Sequence["Counter[str]"]) -> list[tuple[int, int]]:
    """Places in the old and in the new that belong together. One and one always do."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    if len(old) * len(new) > MOST:
        return [(at, at) for at in range(min(len(old), len(new))) if likeness(old[at], new[at]) >= ALIKE]
    alike = [[likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
