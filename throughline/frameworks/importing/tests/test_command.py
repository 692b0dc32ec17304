"""`manage.py import_framework` with tables; packages are tried in test_case_import."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tables.tests.test_tables import table
from throughline.frameworks.tables.writing import as_csv, as_xlsx, template
from throughline.schools.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def simple(tmp_path: Path) -> Path:
    path = tmp_path / "school_garden.csv"
    path.write_bytes(table(["domain", "competency"], ["Soil", "Compost"], ["Water", "Rain"]))
    return path


def test_a_table_is_published_once_and_the_second_time_changes_nothing(
    school: Organisation, simple: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_framework", str(simple), "--school", "harbour-bridge", "--rows")
    told = capsys.readouterr().out
    assert "Row 2: domain, competency: Compost" in told
    assert "school garden, version 1: 6 rows changed" in told
    call_command("import_framework", str(simple), "--school", "harbour-bridge")
    assert "0 rows changed" in capsys.readouterr().out
    assert FrameworkVersion.objects.get().framework.owner == school


@pytest.mark.parametrize("name", ["garden.csv", "garden.xlsx"])
def test_a_rehearsal_keeps_nothing(
    school: Organisation, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes((as_csv if name.endswith("csv") else as_xlsx)(template()))
    call_command("import_framework", str(path), "--school", "harbour-bridge", "--dry-run")
    assert "rehearsal" in capsys.readouterr().out
    assert FrameworkVersion.objects.count() == 0


def test_a_title_can_be_given(school: Organisation, simple: Path) -> None:
    call_command("import_framework", str(simple), "--shared", "--title", "Gardens 2.0")
    assert FrameworkVersion.objects.get().title == "Gardens 2.0"


def test_every_wrong_row_is_printed(
    school: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_bytes(
        table(["domain", "competency", "level"], ["a", "b", "c"], ["a", "d", ""], ["a", "e", "x"])
    )
    with pytest.raises(CommandError, match="2 of 3 rows"):
        call_command("import_framework", str(path), "--school", "harbour-bridge")
    told = capsys.readouterr().out
    assert "Row 2:" in told and "Row 4:" in told and "Row 3:" not in told
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_framework", str(tmp_path / "missing.csv"), "--list")


def test_looking_first_needs_no_school(simple: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_framework", str(simple), "--list")
    assert "Row 3: domain, competency: Rain" in capsys.readouterr().out
    assert FrameworkVersion.objects.count() == 0


def test_what_is_not_kept_is_told_row_by_row_before_anything_is_published(
    school: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rope.csv"
    path.write_bytes(
        table(["Strand", "Ability", "Kind"], ["Rope", "Splices", "Habit"], ["Sail", "Patches", "Task"])
    )
    for options in (("--list",), ("--school", "harbour-bridge")):
        call_command("import_framework", str(path), *options)
        told = capsys.readouterr().out
        assert "Headings, from row 1: Strand = domain, Ability = competency, Kind = not kept" in told
        assert "Row 2, not kept: Kind: Habit" in told and "Row 3, not kept: Kind: Task" in told
    assert told.index("not kept: Kind: Task") < told.index("rows changed")


def test_the_mapping_of_a_table_from_canvas_is_proposed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fruit.csv"
    path.write_bytes(
        table(
            ["vendor_guid", "object_type", "title", "parent_guids"],
            ["g1", "group", "Orchard", ""],
            ["o1", "outcome", "Grafts", "g1"],
        )
    )
    call_command("import_framework", str(path), "--list")
    told = capsys.readouterr().out
    assert 'Proposal: --domain-type "Outcome group" --competency-type "Outcome"' in told
    assert "1 Orchard  [Outcome group]" in told


def test_of_every_item_it_is_told_what_it_becomes(
    school: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "metal.csv"
    path.write_bytes(
        table(
            ["Full Statement", "Human Coding Scheme", "Is Child Of"],
            *[["Metal", "M", ""], ["Welds", "M.1", "M"], ["Strikes", "M.1.a", "M.1"], ["Tool", "x", "M.1.a"]],
            *[["Wood", "W", ""], ["Saws", "W.1", "W"], ["Glues", "W.2", "W"]],
        )
    )
    call_command("import_framework", str(path), "--school", "harbour-bridge", "--rows")
    told = capsys.readouterr().out
    for line in (
        "M Metal: domain",
        "M.1 Welds: competency, foundational",
        "M.1.a Strikes: indicator",
        "x Tool: left out",
    ):
        assert f"Item {line}" in told
