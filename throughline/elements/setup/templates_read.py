"""The templates of the five elements: what each answers, who must be in it, its sections. Data files in two languages."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILES = Path(__file__).with_name("templates")
LANGUAGES = ("en", "es")
_SAID = ("title", "prompt", "example", "done")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a template; `who` are the groups without whom it is not whole."""

    key: str
    title: str
    prompt: str
    example: str
    done: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """What one element is for, and what a school may begin it with."""

    kind: str
    title: str
    answers: str
    about: str
    done: str
    who: tuple[str, ...]
    sections: tuple[Section, ...]

    def outline(self) -> list[dict[str, str]]:
        """The sections as an element keeps its own copy of them."""
        return [
            {"key": each.key, **{name: getattr(each, name) for name in _SAID}, "who": " ".join(each.who)}
            for each in self.sections
        ]


def template_of(kind: str, language: str = "en") -> Template:
    """The template of one kind, in this language or else in English."""
    tongue = language.split("-")[0]
    return _read(kind, tongue if tongue in LANGUAGES else "en")


@lru_cache(maxsize=16)
def _read(kind: str, language: str) -> Template:
    base = _load(kind, "")
    said = base if language == "en" else _load(kind, f".{language}")
    who = {each["key"]: tuple(each["who"].split()) for each in base["sections"]}
    sections = {each["key"]: each for each in said["sections"]}
    return Template(
        kind=kind,
        title=said["title"],
        answers=said["answers"],
        about=said["about"],
        done=said["done"],
        who=tuple(base["who"].split()),
        sections=tuple(
            Section(**{name: sections[key][name] for name in _SAID}, key=key, who=groups)
            for key, groups in who.items()
        ),
    )


def _load(kind: str, tongue: str) -> dict[str, Any]:
    return tomllib.loads((_FILES / f"{kind}{tongue}.toml").read_text(encoding="utf-8"))
