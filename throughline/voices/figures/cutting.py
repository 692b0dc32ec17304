"""How the cells of a cut are put together until each is large enough. Pure.

A choice that nobody made is no cell. Those who would rather not say are people as well: they are a cell of their own
where they are enough, and otherwise join the largest, so that taking the others from the whole leaves nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOT_SAID = ""  # the choice of those who chose none


@dataclass(frozen=True, slots=True)
class Band:
    """One cell as it is shown: the choices in it, and how many people made one of them."""

    choices: tuple[str, ...]
    people: int


def bands_of(
    cells: Mapping[str, int], choices: Sequence[str], ordered: bool, threshold: int
) -> tuple[Band, ...]:
    """The cells as they may be shown, each at least the threshold; nothing where fewer than two would be left."""
    chosen = [Band((choice,), cells[choice]) for choice in choices if cells.get(choice)]
    bands = _neighbors(chosen, threshold) if ordered else _pooled(chosen, threshold)
    unsaid = Band((NOT_SAID,), sum(cells.values()) - sum(band.people for band in chosen))
    if unsaid.people >= threshold:
        bands.append(unsaid)
    elif unsaid.people and bands:
        largest = max(range(len(bands)), key=lambda at: bands[at].people)
        bands[largest] = _joined([bands[largest], unsaid])
    if len(bands) < 2 or any(band.people < threshold for band in bands):
        return ()
    return tuple(bands)


def _neighbors(cells: Sequence[Band], threshold: int) -> list[Band]:
    """Cells in order, each joined with the next until it is large enough; what is left over joins the last."""
    bands: list[Band] = []
    waiting: list[Band] = []
    for cell in cells:
        waiting.append(cell)
        if sum(each.people for each in waiting) >= threshold:
            bands.append(_joined(waiting))
            waiting = []
    if waiting and bands:
        bands[-1] = _joined([bands[-1], *waiting])
    return bands


def _pooled(cells: Sequence[Band], threshold: int) -> list[Band]:
    """Cells that are too small put together, with the smallest of the others where they are still not enough."""
    large = sorted((cell for cell in cells if cell.people >= threshold), key=lambda cell: -cell.people)
    pool = [cell for cell in cells if cell.people < threshold]
    while pool and large and sum(cell.people for cell in pool) < threshold:
        pool.append(large.pop())
    bands = [cell for cell in cells if cell in large]
    if pool:
        bands.append(_joined([cell for cell in cells if cell in pool]))
    return bands


def _joined(cells: Sequence[Band]) -> Band:
    return Band(
        tuple(choice for cell in cells for choice in cell.choices), sum(cell.people for cell in cells)
    )
