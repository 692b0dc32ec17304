"""Which characters the fonts of papers hold, found in a process apart (`kit.apart`): it takes much memory, once."""

from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

from throughline.kit.apart import Told, serve

ENDINGS = {".ttf", ".otf", ".ttc"}
MEGABYTES = 512


def covered(asked: Told, _content: bytes) -> tuple[Told, bytes]:
    """Beginnings and ends of all runs of code points that some font in these places has."""
    starts: list[int] = []
    ends: list[int] = []
    for code in sorted({each for place in asked["places"] for each in _code_points(Path(place))}):
        if ends and ends[-1] == code - 1:
            ends[-1] = code
        else:
            starts.append(code)
            ends.append(code)
    return {"starts": starts, "ends": ends}, b""


def _code_points(place: Path) -> Iterable[int]:
    for file in sorted(place.iterdir()):
        if file.suffix in ENDINGS:
            many = file.suffix == ".ttc"
            with TTCollection(file, lazy=True) if many else TTFont(file, lazy=True) as opened:
                yield from (opened.fonts[0] if many else opened).getBestCmap()


if __name__ == "__main__":
    serve(covered, megabytes=MEGABYTES)
