"""What people answered is read in few places: everything else shows what `voices/figures` says may be shown."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Model

from tests.architecture.tree import PACKAGE, python_files, templates
from throughline.voices import models
from throughline.voices.models import SPOOL, Answer, Draft, HeldAnswer, HeldWords, Tally, Words

VOICES = PACKAGE / "voices"
RAW = {model.__name__ for model in (*SPOOL, Answer, Tally, Words)}
HOLDERS = ("models", "spool", "figures", "closing", "moderating")
# The first page of a listening counts how many answered. Whoever answers sees what they have written themselves, and is held while they hand it in; the product names the tables
# that no backup holds; what waits for somebody says that words wait, and none of them.
MORE = {
    "voices/asking": {Answer.__name__, HeldAnswer.__name__},
    "voices/answering": {Draft.__name__},
    "voices/locks.py": {Draft.__name__},
    "voices/apps.py": {"SPOOL"},
    "home/waiting_families.py": {HeldWords.__name__, Words.__name__},
}
# `asked.answers` is as good as the model: only relations whose names mean nothing else can be looked for.
RELATIONS = {"words_given"}


def files() -> list[Path]:
    """The product's Python outside the places that hold answers."""
    return [
        path
        for path in python_files(tests=False)
        if path.is_relative_to(PACKAGE)
        and not any(path.is_relative_to(VOICES / holder) for holder in HOLDERS)
        and not path.is_relative_to(PACKAGE / "testing")
    ]


def allowed(path: Path) -> set[str]:
    return MORE.get("/".join(path.relative_to(PACKAGE).parts[:2]), set())


def taken(source: str) -> Iterator[str]:
    """Names of what holds answers that a module gets hold of: imported, through the module, by name, or over a relation."""
    tree = ast.parse(source)
    whole = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("throughline.voices.models"):
            for each in node.names:
                if each.name in RAW | {"SPOOL", "answers", "spool", "*"}:
                    yield each.name
        elif isinstance(node, ast.ImportFrom) and node.module == "throughline.voices":
            whole |= {each.asname or each.name for each in node.names if each.name == "models"}
        elif isinstance(node, ast.Import) and any(
            each.name.startswith("throughline.voices.models") for each in node.names
        ):
            yield "*"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in whole:
            if node.attr in RAW | {"SPOOL"}:
                yield node.attr
        elif isinstance(node, ast.Attribute) and node.attr in RELATIONS:
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from named_in(node.value)


def named_in(text: str) -> Iterator[str]:
    """A table, a model or a relation that is named in a string, as `get_model`, SQL and `prefetch_related` do."""
    for model in raw_models():
        if model._meta.db_table in text or text.lower() in {
            model._meta.label_lower,
            model.__name__.lower() + "_set",
        }:
            yield model.__name__
    if text.partition("__")[0] in RELATIONS:
        yield text


def raw_models() -> list[type[Model]]:
    return [getattr(models, name) for name in sorted(RAW)]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_else_gets_hold_of_what_people_answered(path: Path) -> None:
    found = set(taken(path.read_text())) - allowed(path)
    assert not found, f"{path.relative_to(PACKAGE)} reads {sorted(found)}; only {HOLDERS} of voices may"


def test_no_template_walks_to_answers() -> None:
    for path in templates():
        if path.is_relative_to(VOICES):
            text = path.read_text()
            for way in ("asked.answers", "asked.tallies", ".words_given"):
                assert way not in text, f"{path.name} walks to {way}"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from throughline.voices.models import Asked, Tally", {"Tally"}),
        ("from throughline.voices.models.answers import Words as W", {"Words"}),
        ("from throughline.voices import models as m\nm.Answer.objects", {"Answer"}),
        ("import throughline.voices.models", {"*"}),
        ("apps.get_model('voices.Spent')", {"Spent"}),
        ("cursor.execute('SELECT * FROM voices_heldwords')", {"HeldWords"}),
        ("question.words_given.all()", {"words_given"}),
        ("questions.prefetch_related('words_given')", {"words_given"}),
        ("from throughline.voices.models import Asked, Figures", set()),
    ],
)
def test_the_fence_sees_every_way_in(source: str, found: set[str]) -> None:
    assert set(taken(source)) == found
