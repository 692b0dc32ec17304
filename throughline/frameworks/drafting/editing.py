"""What a person can do to a draft, one function each. Pure: each changes the content that it is given (a copy).

What cannot be is a `ValidationError`, by field. Texts are cleaned, never judged: `draft_content.problems_of` says what still
stands in the way of publishing, so that a half-written draft can be kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import CODE_LIMIT, DOMAIN_NAME_LIMIT, LEVELS, NAME_LIMIT, TITLE_LIMIT
from throughline.frameworks.draft_content import Content, Part, competencies_of, new_uid
from throughline.frameworks.labels import MARKS, WITNESSES
from throughline.kit.text import clean_line, clean_text
from throughline.people.wording import too_long

TEXT_LIMIT = 20_000
MOST = 20_000  # parts in a draft, those removed counted


class Gone(Exception):
    """The part that should change is not in the draft (any more)."""


@dataclass(frozen=True, slots=True)
class Idea:
    """An indicator as someone typed it; without `uid` it is a new one, without text it goes."""

    uid: str
    text: str
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that the page of a competency holds."""

    name: str
    level: str
    description: str = ""
    steps: tuple[str, ...] = ()
    indicators: tuple[Idea, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()


def domain_of(content: Content, uid: str) -> Part:
    """The domain with this uid."""
    for domain in content["domains"]:
        if domain["uid"] == uid:
            return domain  # type: ignore[no-any-return]
    raise Gone


def found(content: Content, uid: str) -> tuple[Part, Part]:
    """The competency with this uid, and its domain before it."""
    for domain, each in competencies_of(content):
        if each["uid"] == uid:
            return domain, each
    raise Gone


def change_head(content: Content, texts: Mapping[str, str], steps: Sequence[tuple[str, str]]) -> None:
    """Title, summary, attribution, web address, and the steps' labels with what they mean."""
    content["title"] = _line(texts["title"], TITLE_LIMIT, "title")
    for name in ("summary", "attribution", "source_url"):
        content[name] = _text(texts.get(name, ""), TEXT_LIMIT, name)
    said = [(clean_line(label), clean_text(hint)) for label, hint in steps]
    if said != [(each["label"], each.get("hint", "")) for each in content["steps"]]:
        content["steps_are_default"] = False
        for each, (label, hint) in zip(content["steps"], said, strict=True):
            each["label"], each["hint"] = label, hint
        if not all(label for label, _hint in said):
            raise ValidationError(_("Every step needs a short name."))


def add_domain(content: Content, name: str) -> str:
    """A new domain at the end. Answers its uid."""
    _room(content)
    uid = new_uid()
    content["domains"].append(
        {
            "uid": uid,
            "was": "",
            "code": _code(name, _domain_codes(content), "d"),
            "name": _line(name, DOMAIN_NAME_LIMIT, "name"),
            "question": "",
            "design_element": "",
            "source_identifier": "",
            "competencies": [],
        }
    )
    return uid


def change_domain(
    content: Content, uid: str, *, name: str, question: str, design_element: str | None = None
) -> None:
    """The name and the guiding question of a domain, and the design element that it serves (None: as it was)."""
    domain = domain_of(content, uid)
    domain["name"] = _line(name, DOMAIN_NAME_LIMIT, "name")
    domain["question"] = _text(question, TEXT_LIMIT, "question")
    if design_element is not None:
        domain["design_element"] = design_element


def add_competency(content: Content, domain_uid: str, name: str) -> str:
    """A new competency at the end of a domain. Answers its uid."""
    _room(content)
    domain = domain_of(content, domain_uid)
    each = _new_competency(content, name)
    domain["competencies"].append(each)
    return str(each["uid"])


def change_competency(content: Content, uid: str, texts: Texts) -> None:
    """Everything on the page of a competency at once."""
    _domain, each = found(content, uid)
    each["name"] = _line(texts.name, NAME_LIMIT, "name")
    if texts.level not in LEVELS:
        raise ValidationError({"level": _("The level must be foundational or advanced.")})
    each["level"] = texts.level
    each["description"] = _text(texts.description, TEXT_LIMIT, "description")
    each["steps"] = [clean_text(step) for step in texts.steps] if any(map(clean_text, texts.steps)) else []
    each["indicators"] = _indicators(each["indicators"], texts.indicators)
    each["evidence"] = [
        {"mark": mark, "text": clean_text(text)}
        for mark, text in texts.evidence
        if clean_text(text) and mark in MARKS
    ]


def _indicators(before: Sequence[Part], ideas: Sequence[Idea]) -> list[Part]:
    known = {each["uid"]: each for each in before}
    codes = {each["code"] for each in before}
    kept = []
    for idea in ideas:
        text = clean_text(idea.text)
        if not text:
            continue
        old = known.get(idea.uid)
        code = old["code"] if old else _number(codes)
        codes.add(code)
        # A code of the source that we have no word for stays where it was.
        strange = [each for each in (old["witnesses"] if old else []) if each not in WITNESSES]
        chosen = [each for each in WITNESSES if each in idea.witnesses]
        kept.append(
            {
                "uid": old["uid"] if old else new_uid(),
                "code": code,
                "text": text,
                "witnesses": [*chosen, *strange],
                "source_identifier": old["source_identifier"] if old else "",
            }
        )
    return kept


def move(content: Content, uid: str, way: str) -> bool:
    """Move a domain or competency `up` or `down`, or a competency into another domain (`way` is its uid).

    At the edge of its domain a competency goes on into the next one. False: there is no further place that way.
    """
    domains = content["domains"]
    if any(domain["uid"] == uid for domain in domains):
        return _step(domains, [each["uid"] for each in domains].index(uid), way)
    home, each = found(content, uid)
    rows, place = home["competencies"], home["competencies"].index(each)
    if way not in ("up", "down"):
        target = domain_of(content, way)
        if target is home:
            return False
        rows.remove(each)
        target["competencies"].append(each)
        return True
    if _step(rows, place, way):
        return True
    at = domains.index(home) + (-1 if way == "up" else 1)
    if not 0 <= at < len(domains):
        return False
    rows.remove(each)
    beside = domains[at]["competencies"]
    beside.insert(len(beside) if way == "up" else 0, each)
    return True


def _step(rows: list[Part], place: int, way: str) -> bool:
    there = place - 1 if way == "up" else place + 1
    if way not in ("up", "down") or not 0 <= there < len(rows):
        return False
    rows[place], rows[there] = rows[there], rows[place]
    return True


def split(content: Content, uid: str, name: str, ideas: Collection[str] = ()) -> str:
    """Make two of one: a new competency right after it takes the indicators named by uid. Both continue what it was.

    Answers the uid of the new one.
    """
    _room(content)
    domain, each = found(content, uid)
    part = _new_competency(content, name)
    part |= {
        "was": list(each["was"]),
        "level": each["level"],
        "description": each["description"],
        "steps": list(each["steps"]),
        "evidence": [dict(example) for example in each["evidence"]],
        "indicators": [idea for idea in each["indicators"] if idea["uid"] in set(ideas)],
    }
    each["indicators"] = [idea for idea in each["indicators"] if idea["uid"] not in set(ideas)]
    domain["competencies"].insert(domain["competencies"].index(each) + 1, part)
    return str(part["uid"])


def merge(content: Content, uid: str, other: str) -> None:
    """Make one of two: the first keeps its place and words, and takes over the other's indicators, examples and past."""
    _domain, each = found(content, uid)
    home, gone = found(content, other)
    if each is gone:
        raise ValidationError({"other": _("Choose another competency to merge with.")})
    each["was"] = list(dict.fromkeys([*each["was"], *gone["was"]]))
    codes = {idea["code"] for idea in each["indicators"]}
    for idea in gone["indicators"]:
        code = idea["code"] if idea["code"] not in codes else _number(codes)
        codes.add(code)
        each["indicators"].append({**idea, "code": code})
    each["evidence"] += [example for example in gone["evidence"] if example not in each["evidence"]]
    if gone["description"] and gone["description"] not in each["description"]:
        each["description"] = clean_text(f"{each['description']}\n\n{gone['description']}")
    home["competencies"].remove(gone)


def remove(content: Content, uid: str) -> None:
    """Take a domain (with all in it) or a competency out. It can be put back while this is a draft."""
    for place, domain in enumerate(content["domains"]):
        if domain["uid"] == uid:
            content["removed"].append({"place": place, "item": content["domains"].pop(place)})
            return
    home, each = found(content, uid)
    place = home["competencies"].index(each)
    content["removed"].append({"domain": home["uid"], "place": place, "item": each})
    home["competencies"].remove(each)


def put_back(content: Content, uid: str) -> None:
    """Undo a removal: back where it was, or to the end of the last domain when its own is gone."""
    entry = next((each for each in content["removed"] if each["item"]["uid"] == uid), None)
    if entry is None:
        raise Gone
    item = entry["item"]
    rows = content["domains"]
    if "domain" in entry:
        home = next((each for each in rows if each["uid"] == entry["domain"]), rows[-1] if rows else None)
        if home is None:
            raise ValidationError(_("Restore its domain first, or add a domain."))
        rows = home["competencies"]
    content["removed"].remove(entry)
    rows.insert(entry["place"], item)


def say_origins(content: Content, uid: str, codes: Collection[str], known: Collection[str]) -> None:
    """Correct which competencies of the version before this one continues; `known` are the codes there are."""
    _domain, each = found(content, uid)
    if not set(codes) <= set(known):
        raise ValidationError({"was": _("This competency is not in the version before.")})
    each["was"] = [code for code in known if code in set(codes)]


def _new_competency(content: Content, name: str) -> Part:
    return {
        "uid": new_uid(),
        "was": [],
        "code": _code(name, _competency_codes(content), "c"),
        "name": _line(name, NAME_LIMIT, "name"),
        "level": LEVELS[0],
        "description": "",
        "steps": [],
        "evidence": [],
        "source_identifier": "",
        "indicators": [],
    }


def _room(content: Content) -> None:
    if sum(1 for _each in competencies_of(content)) + len(content["domains"]) >= MOST:
        raise ValidationError(_("This framework is too large to add more here."))


def _domain_codes(content: Content) -> set[str]:
    gone = [each["item"]["code"] for each in content["removed"] if "domain" not in each]
    return {each["code"] for each in content["domains"]} | set(gone)


def _competency_codes(content: Content) -> set[str]:
    """Every code in use, removed and continued ones too: a new competency never looks like an old one."""
    taken = {each["code"] for _domain, each in competencies_of(content)}
    for _domain, each in competencies_of(content):
        taken |= set(each["was"])
    for entry in content["removed"]:
        inside = [entry["item"]] if "domain" in entry else entry["item"]["competencies"]
        taken |= {each["code"] for each in inside}
    return taken | set(content.get("taken", []))


def _code(name: str, taken: Collection[str], start: str) -> str:
    wanted = slugify(name)[: CODE_LIMIT - 20].strip("-") or start
    code, again = wanted, 1
    while code in taken:
        again += 1
        code = f"{wanted}-{again}"
    return code


def _number(taken: Collection[str]) -> str:
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)


def _line(value: str, limit: int, field: str) -> str:
    said = clean_line(value)
    if not said:
        raise ValidationError({field: _("Give it a name.")})
    return _short(said, limit, field)


def _text(value: str, limit: int, field: str) -> str:
    return _short(clean_text(value), limit, field)


def _short(said: str, limit: int, field: str) -> str:
    if len(said) > limit:
        raise ValidationError({field: too_long(limit)})
    return said
