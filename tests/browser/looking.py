"""Looking at a page as a whole: axe-core, what the browser complains about, where it asks, how wide it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit
from zlib import crc32

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from tests.conftest import PATIENCE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 360)
HEIGHTS = {1280: 800, 360: 740, 320: 640}
# Colours cost axe most, and a theme changes nothing else (throughline/ui/tests): a page is looked at in one theme at one
# width and in the other at the other; which comes first hangs on its address. What pages share is seen all four ways.
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# htmx notes the address of the page, for this tab only and no longer.
STORED = {"htmx-current-path-for-history"}
# Django's messages travel in a cookie of their own until they are shown; so does a link that was just made, and what
# a link to something shared is exchanged for (and that its passcode was given here).
COOKIES = {"sessionid", "csrftoken", "theme", "django_language", "messages", "handover", "shared", "knows"}
# What a respondent's browser keeps while they answer.
COOKIES |= {"voice-draft", "voice-code"}
# One for each person who has signed in here, one for each form that was sent after a session had ended.
COOKIES_OF_EACH = ("known-", "kept-")

# Colours change at once, so that axe never measures one on its way to another.
STILL = """async () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
  document.adoptedStyleSheets.push(sheet);
  await document.fonts.ready;
}"""
RUN_AXE = """async (runOnly) => {
  const found = await axe.run(document, {runOnly, resultTypes: ['violations']});
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')}  ${node.html.slice(0, 160)}  ${(node.any[0] || node.all[0] || node.none[0] || {}).message || ''}`));
}"""
WHAT_IS_WRONG = """() => {
  const wrong = [];
  const inner = each => { const style = getComputedStyle(each), box = each.getBoundingClientRect();
    return style.direction === 'rtl' ? innerWidth - box.right + parseFloat(style.paddingRight) : box.left + parseFloat(style.paddingLeft); };
  const root = document.documentElement;
  if (!root.lang) wrong.push('no language');
  if (document.querySelectorAll('h1').length !== 1) wrong.push(`${document.querySelectorAll('h1').length} h1`);
  const title = document.title.split('·')[0].trim();
  if (!title) wrong.push('no title of its own');
  if (/[\\u200e\\u200f\\u2066-\\u2069]/.test(document.title)) wrong.push('invisible marks in the title');
  let before = 0;
  for (const each of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    if (!each.checkVisibility()) continue;
    const level = Number(each.tagName[1]);
    if (level > before + 1) wrong.push(`h${level} after h${before}: ${each.textContent.trim().slice(0, 40)}`);
    before = level;
  }
  // a name in another script is kept apart from the words around it
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (/[\\u0590-\\u08ff]/.test(text.data) && !text.data.includes('\\u2068') && !text.parentElement.closest('bdi, [dir=auto], option, textarea, script, svg, [aria-hidden=true], .visually-hidden'))
      wrong.push(`not in <bdi>: ${text.data.trim().slice(0, 60)}`);
  }
  for (const each of document.querySelectorAll('.initials, .person-menu > summary'))
    if (each.scrollWidth > each.clientWidth) wrong.push(`initials wider than their pill: ${each.textContent}`);
  const edge = document.querySelector('main:not(.focus, .landing, .plain:not(.roomy))'), header = document.querySelector('.site-header > .row');
  if (edge && header && document.documentElement.dir !== 'rtl' && Math.abs(inner(edge) - inner(header)) > 1) wrong.push(`the page begins at ${inner(edge)}, the header at ${inner(header)}`);
  const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) wrong.push(`id ${id} twice`);
  return wrong;
}"""
TOO_WIDE = """() => {
  const root = document.scrollingElement, room = document.documentElement.clientWidth;
  if (root.scrollWidth <= room) return [];
  const out = [...document.querySelectorAll('body *')].filter(each => {
    const box = each.getBoundingClientRect();
    return each.checkVisibility() && box.width && (box.right > room + 0.5 || box.left < -0.5) &&
      !each.closest('svg *, .visually-hidden');
  });
  return [`${root.scrollWidth} wide in ${room}: ` + out.slice(0, 4).map(each =>
    `${each.tagName.toLowerCase()}.${[...each.classList].join('.')} “${each.textContent.trim().slice(0, 30)}”`).join(' | ')];
}"""


@dataclass
class Watched:
    """What a window did while pages were open in it."""

    host: str
    complaints: list[str] = field(default_factory=list)

    def asked(self, request: Request) -> None:
        """Every request goes to the product itself."""
        there = urlsplit(request.url)
        if there.scheme not in ("data", "blob") and there.netloc != self.host:
            self.complaints.append(f"asked {request.url}")

    def answered(self, response: Response) -> None:
        """What a page loads is there."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status} for {response.url}")

    def taken(self) -> list[str]:
        """The complaints so far; the next page starts without them."""
        found, self.complaints = self.complaints, []
        return found


def watch(context: BrowserContext, address: str) -> Watched:
    """Collect whatever the browser complains about in this window."""
    watched = Watched(urlsplit(address).netloc)
    context.on("request", watched.asked)
    context.on("response", watched.answered)
    context.on("weberror", lambda error: watched.complaints.append(f"script: {error.error}"))
    context.on(
        "console",
        lambda line: (
            watched.complaints.append(f"console: {line.text}")
            if line.type in ("error", "warning") and "Failed to load resource" not in line.text
            else None
        ),
    )
    return watched


def sit_down(context: BrowserContext, address: str, session: str) -> None:
    """Be somebody (or, without a session, a stranger) in this window."""
    context.clear_cookies()
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def look(page: Page, *, direction: str = "") -> Iterator[str]:
    """Everything that is wrong with the page that is open, in both themes and at every width (see `THEMES`)."""
    if direction:
        page.evaluate("direction => document.documentElement.dir = direction", direction)
    yield from page.evaluate(WHAT_IS_WRONG)
    page.evaluate(STILL)
    page.evaluate(AXE_SCRIPT)
    turn = crc32(urlsplit(page.url).path.encode()) % 2
    for place, width in enumerate(WIDTHS):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        theme = THEMES[(place + turn) % 2]
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for line in page.evaluate(RUN_AXE, {"type": "tag", "values": TAGS}):
            yield f"{theme} {width}: {line}"
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        for line in page.evaluate(TOO_WIDE):
            yield f"at {width}: {line}"
    page.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})


def strange_cookies(context: BrowserContext) -> list[str]:
    """Cookies that nobody has declared."""
    names: set[str] = {str(each.get("name")) for each in context.cookies()}
    return [f"cookie {name}" for name in sorted(names - COOKIES) if not name.startswith(COOKIES_OF_EACH)]


def storage(page: Page) -> list[str]:
    """Nothing else is kept in the browser besides cookies."""
    kept: list[str] = page.evaluate("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return [f"storage {name}" for name in kept if name not in STORED]


@contextmanager
def new_window(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """A window in which nobody has been before."""
    context = browser.new_context(base_url=address, reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()
