"""Someone who has a keyboard and no mouse. At every stop the focus must be seen and must not be lost."""

import re
from typing import Any

from playwright.sync_api import Page, expect

MOST_STOPS = 150

STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  const words = node => (node?.textContent ?? '').replace(/\\s+/g, ' ').trim();
  const named = (here.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean)
    .map(id => words(document.getElementById(id))).join(' ');
  const name = here.getAttribute('aria-label') || named || [...(here.labels ?? [])].map(words).join(' ') ||
    words(here) || here.value || here.title || here.id;
  const group = words(here.closest('fieldset')?.querySelector('legend'));
  // a radio may lie unseen over its card: then the card shows the focus
  const shown = [here, here.parentElement, here.nextElementSibling, here.querySelector('*')].filter(Boolean).some(each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const box = here.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 2);
  const above = document.elementFromPoint(x, y);
  const free = !above || here.contains(above) || above.contains(here) ||
    [...(here.labels ?? [])].some(label => label.contains(above)) || here.matches('svg *, main');
  const state = here.matches('input[type=radio], input[type=checkbox]') ? here.checked : null;
  return {name, group, tag: here.tagName.toLowerCase(), type: here.type ?? '', state, shown, inside, free, place: here.id};
}"""


class Hands:
    """Presses keys on one page, and complains when somebody could not see where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.stops = 0

    def here(self) -> dict[str, Any] | None:
        """What has the focus, or None when nothing has."""
        found: dict[str, Any] | None = self.page.evaluate(STOP)
        return found

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def stop(self) -> dict[str, Any] | None:
        """Look at where the focus is after a key."""
        here = self.here()
        self.stops += 1
        if here is None:
            return None
        if not here["shown"]:
            self.faults.append(f"{self._where()}: focus on “{here['name'][:60]}” is not seen")
        if not here["inside"] or not here["free"]:
            self.faults.append(f"{self._where()}: focus on “{here['name'][:60]}” is hidden")
        return here

    def tab_to(self, name: str, *, group: str = "", backwards: bool = False) -> dict[str, Any]:
        """Tab until something with this name has the focus (a pattern, from its first word)."""
        met: list[str] = []
        gone_round = 0
        for _press in range(MOST_STOPS):
            self.press("Shift+Tab" if backwards else "Tab")
            here = self.stop()
            if here is None:  # the browser's own frame, between the last and the first
                gone_round += 1
                assert gone_round < 2, f"{self._where()}: no “{name}” among {met}"
                continue
            met.append(here["name"][:40])
            if re.match(name, here["name"]) and re.match(group, here["group"]):
                return here
        raise AssertionError(f"{self._where()}: no “{name}” among {met}")

    def follow(self, name: str) -> None:
        """Tab to a link or button and press Enter; a new page comes."""
        self.tab_to(name)
        with self.page.expect_navigation():
            self.press("Enter")
        self.page.wait_for_load_state()

    def open(self, name: str) -> None:
        """Tab to a summary and open it; the focus stays where it is."""
        self.tab_to(name)
        self.press("Enter")
        self.kept()

    def tick(self, name: str, *, group: str = "", on: bool = True) -> None:
        """Tab to a box and tick it, if it is not."""
        if self.tab_to(name, group=group)["state"] != on:
            self.press("Space")
        here = self.kept()
        assert here["state"] == on

    def choose(self, group: str, option: str) -> None:
        """Tab into a group of radios and go through it with the arrows."""
        self.tab_to("", group=group)
        met = []
        for _press in range(12):
            here = self.kept()
            met.append(here["name"][:40])
            if re.match(option, here["name"]):
                if not here["state"]:
                    self.press("Space")
                assert self.kept()["state"]
                return
            self.press("ArrowDown")
        raise AssertionError(f"{self._where()}: no “{option}” among {met}")

    def write(self, name: str, text: str) -> None:
        """Tab to a field and type over what stands there."""
        self.tab_to(name)
        self.press("Control+a")
        self.page.keyboard.type(text)
        self.kept()

    def pick(self, name: str, text: str) -> None:
        """Tab to a list of choices and type the beginning of one."""
        self.tab_to(name)
        self.page.keyboard.type(text)
        self.kept()

    def kept(self) -> dict[str, Any]:
        """After anything but going to another page the focus is somewhere."""
        here = self.stop()
        assert here is not None, f"{self._where()}: the focus is lost"
        return here

    def sees(self, heading: str) -> None:
        """The page is the one with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))

    def _where(self) -> str:
        return self.page.url.split("/", 3)[-1]
