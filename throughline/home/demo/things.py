"""Files that people of the demo bring: a typeset PDF, a text, two painted pictures. All made on the spot."""

from collections.abc import Callable
from io import BytesIO
from random import Random

import typst
from django.core.files.base import ContentFile, File
from PIL import Image, ImageDraw

CASE = """#set page(paper: "a5", margin: 16mm)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en")
= Why we are changing
_Harbor Bridge School. Written after nine evenings of listening; this is the version that survived them._

== What goes well
Learners like coming here. Families say that somebody knows their child's name, and it is usually the right name.

== What goes badly
Of the learners who failed a unit last year, four in five were never asked to try again. We moved on because the
calendar did. Eleven families told us, in almost the same words: "By the time we heard, it was over."
Our reports say a great deal about grades and very little about what anybody can do.

== What you said
- Learners: "Tell me what good looks like _before_ I hand it in."
- Families: "Do not wait for the report to tell us."
- Educators: "If it is one more thing, no. If it replaces a thing, which one?"
- The harbor master: "Send me someone who can read a tide table and say when they cannot."

== What follows
A learner moves on when the work shows it. Help comes while it is still help. We say what we mean by good, and we
keep the drawbridge out of it: being late because of the bridge has never been a learning outcome.
"""
SHEETS = """Planning sheets, one Wednesday afternoon (copied as written)

Credit: Argue from evidence.  Work: Should the footbridge open at night? Letter to the harbor office.
Last time they compared two sources. This time the sources disagree and one of them is rude.

Credit: Model with mathematics.  Work: How late may the ferry leave and still catch the tide?
Last time the numbers were given. This time they have to call the ferry office. (Call before 10, says Ravi.)

Credit: Make with care.  Work: A stool that carries Mr. Wrona.  Last time: a stool that carries a plant.

Credit: Explain to a newcomer.  Work: Five cards that show a new neighbor how the library works.
We crossed out a poster project here. Nobody could say which credit it was for, including its author (me, J.L.).
"""
PAPER, INKS = "#fbfaf6", ("#0b6e5f", "#6b4a9e", "#8f5b00", "#1d5fa6", "#a02c6b", "#22302f")


def _painted(seed: int) -> "File[bytes]":
    """An abstract picture, the same for the same seed."""
    chance = Random(seed)  # noqa: S311  (a drawing, not a secret)
    picture = Image.new("RGB", (1000, 700), PAPER)
    draw = ImageDraw.Draw(picture)
    for row in range(5):
        for column in range(7):
            x, y = 60 + column * 128, 60 + row * 120
            ink, size = chance.choice(INKS), chance.randint(30, 100)
            if chance.random() < 0.45:
                draw.pieslice((x, y, x + size, y + size), chance.randint(0, 180), 360, fill=ink)
            else:
                draw.rectangle((x, y, x + size, y + chance.randint(20, 90)), fill=ink)
    out = BytesIO()
    picture.save(out, "PNG")
    return ContentFile(out.getvalue(), name="wall.png")


def _case() -> "File[bytes]":
    made = typst.compile(CASE.encode())
    return ContentFile(made, name="why-we-are-changing.pdf")


MADE: "dict[str, Callable[[], File[bytes]]]" = {
    "case": _case,
    "sheets": lambda: ContentFile(SHEETS.encode(), name="planning-sheets.txt"),
    "bar-cards": lambda: _painted(7),
    "bread": lambda: _painted(11),
    "exhibition": lambda: _painted(24),
}
