"""The components that hold other markup: one template each in `templates/ui/components/`."""

from functools import lru_cache
from typing import Any

from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

NOTICE_ICONS = {"info": "info", "success": "circle-check", "warn": "triangle-alert", "error": "circle-alert"}


@lru_cache(maxsize=64)
def _template(name: str) -> Template:
    found = get_template(f"ui/components/{name}.html")
    assert isinstance(found, Template)
    return found


def draw(name: str, /, **values: Any) -> SafeString:
    """The component `name` with these values, without the page's context."""
    return mark_safe(_template(name).render(values))  # noqa: S308


def _trim(content: str) -> str:
    """Without blank edges, and as safe or unsafe as it came."""
    return SafeString(content.strip()) if isinstance(content, SafeString) else content.strip()


def page_header(
    content: str,
    title: object,
    eyebrow: object = "",
    lede: object = "",
    badge: object = "",
    hue: int | None = None,
) -> SafeString:
    """The page's name (its only h1) with what it belongs to, one sentence, and its actions as content."""
    return draw(
        "page_header", actions=_trim(content), title=title, eyebrow=eyebrow, lede=lede, badge=badge, hue=hue
    )


def section(
    content: str, title: object, name: str = "", note: object = "", link: str = "", link_text: object = ""
) -> SafeString:
    """A titled part of a page (h2) with a line below the title; `name` is its id."""
    return draw("section", content=content, title=title, name=name, note=note, link=link, link_text=link_text)


def card(
    content: str,
    title: object = "",
    tone: str = "",
    level: int = 2,
    hue: int | None = None,
    side: object = "",
) -> SafeString:
    """A surface for one thing. `tone`: waiting (something to do), sunk, link; never a card in a card."""
    return draw("card", content=content, title=title, tone=tone, level=f"h{int(level)}", hue=hue, side=side)


def record_block(
    content: str, title: object, url: str = "", mark: object = "", note: object = "", side: object = ""
) -> SafeString:
    """A row of `<ul class="records">`: mark (a standing mark), title, quiet line, and more as content."""
    return draw("record_block", content=_trim(content), title=title, url=url, mark=mark, note=note, side=side)


def notice(content: str, tone: str = "info", title: object = "", live: bool = False) -> SafeString:
    """A word to the reader. `tone`: info, success, warn, error; `live` when it appears after the page did."""
    tone = {"warning": "warn", "danger": "error", "debug": "info"}.get(tone, tone)
    role = ("alert" if tone == "error" else "status") if live else ""
    return draw(
        "notice", content=content, tone=tone, title=title, role=role, sign=NOTICE_ICONS.get(tone, "info")
    )


def empty_state(content: str, title: object, name: str = "sprout") -> SafeString:
    """Nothing here yet: say so kindly; the content says why and holds the next action (a button)."""
    return draw("empty_state", content=content, title=title, name=name)


def dialog(content: str, name: str, title: object) -> SafeString:
    """A native dialog with the id `name`, opened by `open_dialog`; works without scripts through its address."""
    return draw("dialog", content=content, name=name, title=title)


def menu(content: str, text: object, name: str = "", look: str = "", label: object = "") -> SafeString:
    """A native `<details>` menu; content: links, `<hr>`, forms with one button. `look`: bare, start."""
    return draw("menu", content=content, text=text, name=name, look=look, label=label)


def table_region(content: str, label: object) -> SafeString:
    """Around a `<table>`: it scrolls inside itself and can be reached by keyboard under the name `label`."""
    return draw("table_region", content=content, label=label)
