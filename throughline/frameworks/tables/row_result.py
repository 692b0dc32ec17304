"""What is told of one row of a file that was read. No ORM."""

from dataclasses import dataclass

SAID = 120


@dataclass(slots=True)
class Line:
    """A row of the table: what it becomes (kinds, broadest first) and its words, or the problem with it.

    `lost` says what of it is not kept, `remarks` how it was read; `item` is what it is called in a package.
    """

    row: int
    becomes: tuple[str, ...] = ()
    says: str = ""
    problem: str = ""
    lost: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    item: str = ""
