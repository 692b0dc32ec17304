"""How somebody goes through the pages."""

import re
from typing import Any

from django.test import Client

from throughline.voices.models import Asked, Slip
from throughline.voices.spool.marks import code_hash, new_code


def begin(browser: Client, asked: Asked, **told: str) -> Any:
    """Press “Begin”."""
    return browser.post(f"/v/{asked.place}/", {"do": "begin", "in": "en", **told})


def names_on(answer: Any) -> list[str]:
    """What a page asks, as its form names it."""
    return list(dict.fromkeys(re.findall(r'name="([qwb]\.[^"]+)"', answer.content.decode())))


def seen_on(answer: Any) -> str:
    """Which version of the draft a page shows."""
    found = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert found
    return found[1]


def page_of(browser: Client, asked: Asked, nth: int) -> Any:
    """A page of the questionnaire."""
    answer = browser.get(f"/v/{asked.place}/answer/{nth}/?in=en")
    assert answer.status_code == 200
    return answer


def send(browser: Client, asked: Asked, nth: int, do: str = "next", **told: Any) -> Any:
    """Choose the same for every question of a page, write nothing, and press a button."""
    shown = page_of(browser, asked, nth)
    chosen = {name: "3" for name in names_on(shown) if name.startswith("q.")}
    return browser.post(
        f"/v/{asked.place}/answer/{nth}/", {"in": "en", "seen": seen_on(shown), "do": do, **chosen, **told}
    )


def go_through(browser: Client, asked: Asked) -> Any:
    """Answer every page and hand in; the last answer."""
    for nth in range(1, 20):
        answer = send(browser, asked, nth)
        if f"answer/{nth + 1}/" not in answer.headers.get("Location", ""):
            return answer
    raise AssertionError("it has no end")


def give_code(asked: Asked) -> str:
    """A one-time code for somebody of this group."""
    code = new_code()
    Slip.objects.create(organisation_id=asked.organisation_id, asked=asked, code_hash=code_hash(code))
    return code
