"""What the demo's schools show to others: their district, a board, whoever holds a link. And what was taken back."""

from typing import NamedTuple

from throughline.network.actions import Offer


class Showing(NamedTuple):
    """Whose closed round, counted from the first, is shown to whom, and on which day."""

    by: str
    journey: str
    round: int
    day: int
    offer: Offer
    to_district: bool = False
    until: int | None = None
    withdrawn: int | None = None


SCHOOL, LAMP, FIVE, MATHS = "Our school’s journey", "What the lamp is for", "The five of us", "Mathematics"
WILLING = Offer("organisation", may_be_asked=True, may_be_cited=True)

SHOWN = (
    Showing("amara", SCHOOL, 1, -600, Offer("organisation"), to_district=True),
    Showing(
        "amara",
        SCHOOL,
        2,
        -180,
        Offer("organisation", may_be_asked=True, note="Ask us about the soup. Do not ask us about the bus."),
        to_district=True,
    ),
    Showing(
        "amara",
        SCHOOL,
        2,
        -178,
        Offer("board", with_reasons=True, note="As promised: where we stood, and why we gave a credit back."),
    ),
    Showing(
        "amara",
        SCHOOL,
        2,
        -120,
        Offer("link", note="For the harbor office, which asked what we do all day."),
        until=40,
    ),
    Showing("amara", MATHS, 1, -300, Offer("staff", note="Come and look.")),
    Showing("amara", SCHOOL, 1, -690, Offer("people"), withdrawn=-600),
    Showing("marit", LAMP, 1, -395, Offer("organisation"), to_district=True),
    Showing("marit", LAMP, 2, -70, WILLING, to_district=True),
    Showing("signe", FIVE, 1, -40, WILLING, to_district=True),
)

# The district's own journey leans on what one of its schools shows.
CITED_BY, CITED_SCHOOL, CITED_CODE, CITED_DAY = "henrik", "signe", "timely-support", -11
CITED_WHY = (
    "We moved the bus and paid for the tea. What they made of it is theirs; that we made room for it is ours."
)
