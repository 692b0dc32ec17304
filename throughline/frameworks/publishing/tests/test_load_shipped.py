"""Publishing the shipped framework: repeatable, in two languages, and then protected."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from throughline.activity.models import Event
from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.models import Competency, Domain, FrameworkVersion, Indicator, VersionTranslation
from throughline.frameworks.publishing import actions
from throughline.frameworks.tree import tree
from throughline.schools.models import Organisation

pytestmark = pytest.mark.django_db

SOURCE = """
[framework]
code = "small"
version = "1"
language = "en"
title = "A small framework"
summary = "Two ideas."
attribution = "Nobody's."
source_url = ""
[[framework.steps]]
code = "no"
label = "No"
hint = "Not at all."
[[framework.steps]]
code = "once"
label = "Once"
hint = "It was tried."
[[framework.steps]]
code = "often"
label = "Often"
hint = "Most days."
[[framework.steps]]
code = "yes"
label = "Yes"
hint = "Every day."
[[domains]]
code = "garden"
name = "Garden"
question = "What grows here?"
design_element = ""
[[domains.competencies]]
code = "soil"
name = "Soil"
level = "foundational"
description = "We look after the soil."
steps = ["We do not look.", "We have looked.", "We look when it rains.", "We look every week."]
[[domains.competencies.indicators]]
code = "1"
text = "There are worms."
witnesses = ["learner"]
[[domains.competencies.evidence]]
mark = "effect"
text = "A count of worms."
"""
SPANISH = """
language = "es"
title = "Un marco pequeño"
[steps.yes]
label = "Sí"
hint = "Cada día."
[domains.garden]
name = "Huerto"
question = "¿Qué crece aquí?"
[competencies.soil]
name = "Suelo"
indicators = ["Hay lombrices."]
evidence = ["Un recuento de lombrices."]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.toml").write_text(SOURCE)
    (tmp_path / "small.es.toml").write_text(SPANISH)
    return tmp_path


def rows() -> list[int]:
    tables = (FrameworkVersion, Domain, Competency, Indicator, VersionTranslation, Event)
    return [model.objects.count() for model in tables]


def test_loading_twice_changes_nothing_the_second_time() -> None:
    first = actions.load_shipped()
    assert sum(each.changed for each in first) > 100
    before = rows()
    assert sum(each.changed for each in actions.load_shipped()) == 0
    assert rows() == before


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_frameworks")
    assert "Journeys to Mastery Learning" in capsys.readouterr().out


def test_ids_are_the_same_on_every_installation(folder: Path) -> None:
    [done] = actions.load_shipped(folder=folder)
    ids = set(Competency.objects.values_list("id", flat=True))
    with transaction.atomic():
        actions._drop_unused(done.version)
    actions.load_shipped(folder=folder)
    assert set(Competency.objects.values_list("id", flat=True)) == ids


def test_other_words_under_a_number_that_is_taken_are_refused(folder: Path) -> None:
    actions.load_shipped(folder=folder)
    (folder / "small.toml").write_text(SOURCE.replace("There are worms.", "There are many worms."))
    before = rows()
    with pytest.raises(FrameworkProblem, match="new version number"):
        actions.load_shipped(folder=folder)
    assert rows() == before
    assert Indicator.objects.get().text == "There are worms."


def test_a_new_number_stands_beside_the_old_one(folder: Path) -> None:
    actions.load_shipped(folder=folder)
    new = SOURCE.replace("There are worms.", "There are many worms.").replace(
        'version = "1"', 'version = "2"'
    )
    (folder / "small.toml").write_text(new)
    actions.load_shipped(folder=folder)
    assert sorted(Indicator.objects.values_list("text", flat=True)) == [
        "There are many worms.",
        "There are worms.",
    ]


def test_an_unused_version_can_be_replaced_and_a_used_one_cannot(folder: Path, school: Organisation) -> None:
    actions.load_shipped(folder=folder)
    (folder / "small.toml").write_text(SOURCE.replace("There are worms.", "Worms!"))
    [done] = actions.load_shipped(folder=folder, replace_unused=True)
    assert Indicator.objects.get().text == "Worms!"
    apps.get_model("records", "Record").objects.create(organisation=school, version=done.version)
    (folder / "small.toml").write_text(SOURCE)
    with pytest.raises(FrameworkProblem, match="in use"):
        actions.load_shipped(folder=folder, replace_unused=True)
    assert Indicator.objects.get().text == "Worms!"


def test_a_translation_can_be_improved_in_place(folder: Path) -> None:
    [done] = actions.load_shipped(folder=folder)
    assert tree(done.version.pk, "es").competencies[0].name == "Suelo"
    (folder / "small.es.toml").write_text(SPANISH.replace('"Suelo"', '"La tierra"'))
    [again] = actions.load_shipped(folder=folder)
    assert again.changed == 1
    assert tree(done.version.pk, "es").competencies[0].name == "La tierra"


def test_a_tree_speaks_the_language_asked_for_and_falls_back_to_its_own(folder: Path) -> None:
    [done] = actions.load_shipped(folder=folder)
    spanish, english = tree(done.version.pk, "es"), tree(done.version.pk, "en")
    assert spanish.title == "Un marco pequeño"
    assert [step.label for step in spanish.step_labels] == ["No", "Once", "Often", "Sí"]
    assert spanish.competencies[0].steps == english.competencies[0].steps
    assert spanish.competencies[0].indicators[0].text == "Hay lombrices."
    assert spanish.competencies[0].evidence_examples == (("effect", "Un recuento de lombrices."),)
    assert english.competencies[0].indicators[0].text == "There are worms."
    assert tree(done.version.pk, "ar").title == "A small framework"


@pytest.mark.parametrize(
    ("what", "instead", "says"),
    [
        ('title = "A small framework"', "", "title"),
        ('level = "foundational"', 'level = "expert"', "foundational or advanced"),
        (
            'steps = ["We do not look.", "We have looked.", "We look when it rains.", "We look every week."]',
            'steps = ["One."]',
            "one description",
        ),
        ("[framework]", "[framework", "TOML"),
        ('name = "Soil"', 'name = ""', "missing"),
    ],
)
def test_a_faulty_file_is_refused_with_a_sentence(folder: Path, what: str, instead: str, says: str) -> None:
    (folder / "small.toml").write_text(SOURCE.replace(what, instead))
    with pytest.raises(FrameworkProblem, match=says):
        actions.load_shipped(folder=folder)
    assert rows() == [0] * 6


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ("[competencies.soil]", "[competencies.water]"),
        ('indicators = ["Hay lombrices."]', 'indicators = ["Una.", "Dos."]'),
        ('language = "es"', ""),
    ],
)
def test_a_translation_that_does_not_fit_is_refused(folder: Path, what: str, instead: str) -> None:
    (folder / "small.es.toml").write_text(SPANISH.replace(what, instead))
    with pytest.raises(FrameworkProblem):
        actions.load_shipped(folder=folder)


def test_the_command_refuses_with_the_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "small.toml").write_text("nonsense")
    monkeypatch.setattr(actions.load_shipped, "__kwdefaults__", {"folder": folder, "replace_unused": False})
    with pytest.raises(CommandError, match=r"small\.toml"):
        call_command("load_frameworks")


@pytest.mark.parametrize("model", [FrameworkVersion, Domain, Competency, Indicator])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_a_published_version(model: type, act: str) -> None:
    actions.load_shipped()
    table = model._meta.db_table  # type: ignore[attr-defined]
    statement = f'UPDATE "{table}" SET id = id' if act == "update" else f'DELETE FROM "{table}"'
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_tree_costs_its_queries_once(folder: Path, django_assert_num_queries: object) -> None:
    [done] = actions.load_shipped(folder=folder)
    with django_assert_num_queries(5):  # type: ignore[operator]
        tree(done.version.pk, "es")
    with django_assert_num_queries(0):  # type: ignore[operator]
        tree(done.version.pk, "es")
