"""The states of the credit profile differ without colour: measured in what the browser really draws, in both themes,
in greyscale and as people with each of the common colour-vision deficiencies see it. And the keyboard's way through it.
"""

import io
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Onlooker
from tests.browser.looking import STILL, new_window, sit_down
from tests.conftest import Product

pytestmark = pytest.mark.browser

STATES = ["earned", "in-progress", "not-started", "set-aside"]
VISIONS = ["none", "achromatopsia", "deuteranopia", "protanopia", "tritanopia"]
MARGIN = 12  # of 255 levels of light, between the nearest two blocks of different states
SCALE = 2

Measures = dict[str, list[tuple[float, float, float]]]

# For each block: points well inside it, away from its number, and points along its edge.
POINTS = """() => [...document.querySelectorAll('svg.profile .block > .face')].map(face => {
  const svg = face.ownerSVGElement, toScreen = face.getScreenCTM(), box = face.getBBox();
  const number = face.parentElement.querySelector('.number')?.getBBox();
  const seen = point => { const at = point.matrixTransform(toScreen); return [at.x, at.y]; };
  const at = (x, y) => Object.assign(svg.createSVGPoint(), {x, y});
  const inside = [], edge = [];
  for (let x = box.x; x < box.x + box.width; x += 3.1) for (let y = box.y; y < box.y + box.height; y += 3.1) {
    const near = [[-5, 0], [5, 0], [0, -5], [0, 5]].every(([i, j]) => face.isPointInFill(at(x + i, y + j)));
    const covered = number && x > number.x - 4 && x < number.x + number.width + 4 &&
      y > number.y - 4 && y < number.y + number.height + 4;
    if (near && !covered) inside.push(seen(at(x, y)));
  }
  for (let way = 0; way < face.getTotalLength(); way += 1.7) edge.push(seen(face.getPointAtLength(way)));
  return {state: face.classList[1], inside, edge};
})"""


@dataclass(frozen=True, slots=True)
class Picture:
    """How light each point of a page is."""

    levels: bytes
    width: int

    @classmethod
    def of(cls, screenshot: bytes) -> "Picture":
        grey = Image.open(io.BytesIO(screenshot)).convert("L")
        return cls(grey.tobytes(), grey.width)

    def light(self, point: tuple[float, float]) -> float:
        """At a point of the page."""
        return float(self.levels[round(point[1] * SCALE) * self.width + round(point[0] * SCALE)])


def measured(page: Page, blocks: list[dict[str, Any]]) -> Measures:
    """For each state and block: how far its inside is from the ground, how uneven it is, how uneven its edge is."""
    picture = Picture.of(page.screenshot())
    ground = picture.light((5, 400))
    found: Measures = {}
    for block in blocks:
        inside = [picture.light((x, y)) for x, y in block["inside"]]
        edge = [picture.light((x, y)) for x, y in block["edge"]]
        if len(inside) > 20:
            found.setdefault(block["state"], []).append(
                (abs(fmean(inside) - ground), pstdev(inside), pstdev(edge))
            )
    return found


def distance(one: list[tuple[float, float, float]], other: list[tuple[float, float, float]]) -> float:
    """The gap between the nearest two blocks, in the measure that tells these states apart best."""
    gaps = []
    for measure in range(3):
        ours, theirs = [each[measure] for each in one], [each[measure] for each in other]
        gaps.append(max(min(ours) - max(theirs), min(theirs) - max(ours)))
    return max(gaps)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states_differ_without_colour(
    theme: str, chromium_browser: Browser, product: Product, world: dict[str, Any]
) -> None:
    seen: dict[str, Measures] = {vision: {} for vision in VISIONS}
    with new_window(
        chromium_browser,
        product.address,
        viewport={"width": 1280, "height": 1400},
        device_scale_factor=SCALE,
        color_scheme=theme,
    ) as context:
        sit_down(context, product.address, world["sessions"]["lead"])
        page = context.new_page()
        eyes = context.new_cdp_session(page)
        for record in world["schools"]["harbor-bridge"]["record_id"]:
            page.goto(f"/s/harbor-bridge/records/{record}/profile/")
            page.evaluate(STILL)
            blocks = page.evaluate(POINTS)
            for vision in VISIONS:
                eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": vision})
                for state, measures in measured(page, blocks).items():
                    seen[vision].setdefault(state, []).extend(measures)
    assert all(set(STATES) <= set(blocks) for blocks in seen.values())
    near = {
        f"{one} and {other}, {vision}": round(distance(blocks[one], blocks[other]), 1)
        for vision, blocks in seen.items()
        for place, one in enumerate(STATES)
        for other in STATES[place + 1 :]
    }
    assert {pair: gap for pair, gap in near.items() if gap < MARGIN} == {}


def test_blocks_are_links_with_names_in_the_frameworks_order(
    onlooker: Onlooker, world: dict[str, Any]
) -> None:
    record = world["schools"]["harbor-bridge"]["record_id"][0]
    page = onlooker.open(f"/s/harbor-bridge/records/{record}/profile/", "lead")
    page.evaluate(STILL)
    links = page.locator("svg.profile a.block")
    names = links.evaluate_all("links => links.map(link => link.getAttribute('aria-label'))")
    assert len(names) == 24
    told = page.locator("table.profile-table th > a").evaluate_all(
        "links => links.map(link => link.textContent)"
    )
    assert [name.partition(", foundational")[0].partition(", advanced")[0] for name in names] == told
    links.first.focus()
    before = page.locator("svg.profile").screenshot()
    met = []
    for _each in names:
        met.append(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
        ring = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement.querySelector('.face'));
                return [parseFloat(style.strokeWidth), style.stroke];
            }"""
        )
        assert ring[0] >= 5, f"the focus on {met[-1]} is not seen"
        page.keyboard.press("Tab")
    assert met == names
    assert page.locator("svg.profile").screenshot() != before
