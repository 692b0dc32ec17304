"""Own words: no sentence of the framework's published prose stands in this repository.

The names of domains and competencies are facts and are used as they are; the sentences around them belong to
their authors. So that the repository need not carry the very text it must not carry, `seed_hashes.txt` holds
only hashes: the prose is normalised (case folded, punctuation dropped), cut into every run of eight words
within a paragraph, and each run is kept as the first 16 hex digits of its SHA-256.

A run made of names alone is not hashed, because we may say names: a run counts as names when each of its
words is written with a capital, apart from short joining words ("of", "and", "the"). Menus, headings and
lists of names are written like that; sentences are not.

To make the list again, from a text that stays outside the repository:

    python tests/architecture/test_own_words.py < source.txt > tests/architecture/seed_hashes.txt
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HASHES = Path(__file__).with_name("seed_hashes.txt")
RUN = 8
DIGITS = 16
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = str.maketrans("", "", "'’")
JOINING = {"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"}
SKIPPED = re.compile(r"(\.lock|-lock\.json|/?seed_hashes\.txt)$")


def written_words(text: str) -> list[str]:
    return WORD.findall(text.translate(APOSTROPHES))


def runs(words: list[str]) -> Iterator[list[str]]:
    return (words[i : i + RUN] for i in range(len(words) - RUN + 1))


def digest(run: Iterable[str]) -> str:
    return sha256(" ".join(run).encode()).hexdigest()[:DIGITS]


def only_names(run: Iterable[str]) -> bool:
    return all(not word[0].islower() or word in JOINING for word in run)


def hashes_of_source(text: str) -> set[str]:
    """What `seed_hashes.txt` should hold for a source text, one paragraph to a line."""
    return {
        digest(word.casefold() for word in run)
        for paragraph in text.splitlines()
        for run in runs(written_words(paragraph))
        if not only_names(run)
    }


def borrowed(text: str, known: set[str]) -> list[str]:
    """The runs of a text that the source has too, wherever its lines break."""
    words = written_words(text.casefold())
    return [" ".join(run) for run in runs(words) if digest(run) in known]


def tracked_texts() -> Iterator[tuple[str, str]]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout: there is no list of tracked files to read")
    for name in listing.stdout.decode().split("\0"):
        path = ROOT / name
        if not name or SKIPPED.search(name) or path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8", errors="replace")


def known_hashes() -> list[str]:
    return HASHES.read_text(encoding="ascii").split()


def test_no_sentence_of_the_source_is_in_the_repository() -> None:
    known = set(known_hashes())
    found = {name: runs_found for name, text in tracked_texts() if (runs_found := borrowed(text, known))}
    assert not found, f"These files repeat the framework's own sentences; say it in our words: {found}"


def test_the_list_holds_hashes_only() -> None:
    known = known_hashes()
    assert len(known) > 1000
    assert known == sorted(set(known))
    assert all(re.fullmatch(rf"[0-9a-f]{{{DIGITS}}}", line) for line in known)


INVENTED = "Seven patient otters taught the harbour’s oldest tugboat how to whistle before dawn."


@pytest.mark.parametrize(
    "text",
    [
        INVENTED,
        "# seven patient OTTERS taught\n# the harbour's oldest tugboat, how to whistle",
        "He said: “the harbour’s oldest tugboat how to\n\n  whistle before—dawn”!",
    ],
)
def test_a_borrowed_sentence_is_found(text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"A page of ours.\n{text}\nIt goes on.", encoding="utf-8")
    assert borrowed(page.read_text(encoding="utf-8"), hashes_of_source(INVENTED))


def test_seven_words_in_a_row_are_nobody_s() -> None:
    assert not borrowed("taught the harbour's oldest tugboat how to sing", hashes_of_source(INVENTED))


def test_lists_of_names_are_not_hashed() -> None:
    assert not hashes_of_source("Purpose & Vision Graduate Profile Learning Model Alignment Sustainability")
    assert hashes_of_source("Purpose & Vision: why do we want to change, and how soon?")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in sorted(hashes_of_source(sys.stdin.read())))
