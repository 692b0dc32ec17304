"""The crosswalks that ship with the product, from `data/crosswalks`. They may be improved in place: nobody decides on them."""

import tomllib
from pathlib import Path
from typing import Any

from throughline.frameworks.models import Crosswalk, CrosswalkLink, Framework


def load_crosswalks(folder: Path) -> int:
    """Put every shipped crosswalk in place; says how many changed. Runs inside the transaction of its caller."""
    return sum(
        _load(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml"))
    )


def _load(told: dict[str, Any]) -> int:
    rows = Framework.objects.filter(owner=None, code__in=[told["left"], told["right"]])
    sides = {each.code: each for each in rows}
    words = {key: told[key] for key in ("title", "note", "source")} | {"texts": told.get("texts", {})}
    values = {**words, "left": sides[told["left"]], "right": sides[told["right"]]}
    found = Crosswalk.objects.filter(owner=None, code=told["code"]).first()
    wanted = {
        (told["left_version"], left, relation, told["right_version"], right)
        for left, relation, right in told["links"]
    }
    if found is not None and _as_it_is(found, values, wanted):
        return 0
    crosswalk, _made = Crosswalk.objects.update_or_create(owner=None, code=told["code"], defaults=values)
    crosswalk.links.all().delete()
    CrosswalkLink.objects.bulk_create(
        CrosswalkLink(
            crosswalk=crosswalk,
            left_number=left_number,
            left_code=left,
            relation=relation,
            right_number=right_number,
            right_code=right,
        )
        for left_number, left, relation, right_number, right in sorted(wanted)
    )
    return 1


def _as_it_is(found: Crosswalk, values: dict[str, Any], wanted: set[tuple[str, str, str, str, str]]) -> bool:
    rows = found.links.values_list("left_number", "left_code", "relation", "right_number", "right_code")
    return all(getattr(found, key) == value for key, value in values.items()) and set(rows) == wanted
