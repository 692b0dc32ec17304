"""What an administrator or a newcomer looks up is there: every setting, every command, every room, every link."""

import re

from django.core.management import get_commands

from tests.architecture.tree import PACKAGE, ROOT, rooms_from_top, tracked_files

VARIABLE = re.compile(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"")
TEST_VARIABLE = re.compile(r"\bTHROUGHLINE_TEST_[A-Z]+\b")
HEADING = re.compile(r"^#+ .*?`([^`]+)`|^\| `([^`]+)`", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")


def documented(page: str) -> set[str]:
    """The names that a page describes: in a heading or in the first column of a table, as `code`."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return {(a or b).split()[0].split("=")[0] for a, b in HEADING.findall(text)}


def test_every_setting_is_documented_and_nothing_else() -> None:
    read = set(VARIABLE.findall((PACKAGE / "config" / "settings.py").read_text()))
    for path in tracked_files():
        if path.is_relative_to(ROOT / "tools"):
            read |= set(TEST_VARIABLE.findall(path.read_text()))
    assert len(read) > 10
    assert documented("docs/running/settings.md") == read


def test_every_command_is_documented_and_nothing_else() -> None:
    ours = {name for name, app in get_commands().items() if str(app).startswith("throughline.")}
    assert documented("docs/running/commands.md") == ours


def test_every_room_is_described_in_the_architecture_and_in_its_own_short_page() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in rooms_from_top():
        assert f"**{room}**" in architecture, room
        page = PACKAGE / room / "README.md"
        assert page.exists(), f"{room} has no README.md"
        assert 3 <= len(page.read_text(encoding="utf-8").splitlines()) <= 40, room


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for path in tracked_files():
        if path.suffix != ".md":
            continue
        for pair in LINK.findall(path.read_text(encoding="utf-8")):
            target = pair[0] or pair[1]
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (path.parent / target).exists()
            ):
                broken.append(f"{path.relative_to(ROOT)} → {target}")
    assert broken == []
