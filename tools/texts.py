"""Lists what texts of the interface said at an earlier commit and what they say now, for people to review.

python -m tools.texts                 (writes docs/building/texts-2026-11.md: since 1a8a379)
python -m tools.texts COMMIT FILE     (since another commit, into another file)

A text has no name that outlives a change of its words. Within one file, wherever it has moved, the texts that went and
those that came are paired by how much they resemble each other, in words or in their Spanish; what finds no partner is
listed as new or gone.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from tools.messages import ROOT, SPANISH, forms_of, texts_of

SINCE = "1a8a379"
LIST = ROOT / "docs" / "building" / "texts-2026-11.md"
ALIKE = 0.35  # below this two texts say different things


class Told:
    """The texts of the product at one time, by file, and the Spanish of each; `moved` says where files are now."""

    def __init__(self, root: Path, moved: Mapping[str, str] = MappingProxyType({})) -> None:
        self.by_file: dict[str, list[str]] = defaultdict(list)
        for path, said in texts_of(root):
            texts = self.by_file[moved.get(path, path)]
            if said not in texts:
                texts.append(said)
        with (root / SPANISH).open("rb") as source:
            self.spanish = {
                forms_of(message.id)[0]: forms_of(message.string)[0]
                for message in read_po(source)
                if message.id
            }


def at(commit: str, into: Path) -> Path:
    """The sources of an earlier commit, unpacked."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", commit, "throughline", "locale"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(into, filter="data")
    return into


def moved_since(commit: str) -> dict[str, str]:
    """Where the files of an earlier commit are now, of those that have moved."""
    told = subprocess.run(
        ["git", "diff", "--find-renames=40%", "-l0", "--diff-filter=R", "--name-status", commit],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return {old: new for _likeness, old, new in (line.split("\t") for line in told.stdout.splitlines())}


def likeness(old: str, new: str, before: Told, now: Told) -> float:
    """How likely `new` is what became of `old`: the same Spanish says so, else the words do."""
    spanish, other = before.spanish.get(old), now.spanish.get(new)
    if spanish and spanish == other:
        return 1.0
    words = SequenceMatcher(None, old, new, autojunk=False).ratio()
    told = SequenceMatcher(None, spanish, other, autojunk=False).ratio() if spanish and other else 0.0
    return max(words, told)


def pairs(gone: Iterable[str], come: Iterable[str], before: Told, now: Told) -> Iterator[tuple[str, str]]:
    """Old and new, most alike first; an empty text where there is no partner."""
    left, right = list(gone), list(come)
    ranked = sorted(
        ((likeness(old, new, before, now), old, new) for old in left for new in right),
        key=lambda each: -each[0],
    )
    partner: dict[str, str] = {}
    for score, old, new in ranked:
        if score >= ALIKE and old not in partner and new not in partner.values():
            partner[old] = new
    yield from ((old, partner.get(old, "")) for old in left)
    yield from (("", new) for new in right if new not in partner.values())


def cell(text: str) -> str:
    """A text on one line of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*") or "–"


def listed(before: Told, now: Told) -> Iterator[str]:
    """The lines of the list, file by file."""
    for path in sorted(before.by_file.keys() | now.by_file.keys()):
        old, new = before.by_file.get(path, []), now.by_file.get(path, [])
        rows = list(
            pairs(
                [said for said in old if said not in new],
                [said for said in new if said not in old],
                before,
                now,
            )
        )
        if rows:
            yield f"\n## {path}\n\n| before | now |\n|---|---|"
            yield from (f"| {cell(was)} | {cell(said)} |" for was, said in rows)


def main(commit: str = SINCE, place: str = str(LIST)) -> None:
    """Write the list."""
    with tempfile.TemporaryDirectory() as folder:
        before, now = Told(at(commit, Path(folder)), moved_since(commit)), Told(ROOT)
    lines = list(listed(before, now))
    changed = sum(line.startswith("| ") and not line.startswith("| before") for line in lines)
    head = (
        "# Texts before and after\n\n"
        f"What the interface said at commit {commit} and what it says now, file by file: {changed} texts. Made by\n"
        "`python -m tools.texts`; run it again after a change. A dash means that a text is new or gone.\n"
    )
    Path(place).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{place}: {changed} texts")


if __name__ == "__main__":
    main(*sys.argv[1:])
