"""American and British spelling, word by word. Texts are written in American English; British readers get the other.

Only words that are spelled in one way whatever they mean stand here. Those that depend on the sentence (practice, program,
license, check) are put right by hand in `locale/en_GB`.
"""

import re

# a stem in both spellings, then the endings it is used with; `-` is the stem alone
FAMILIES = """
organiz organis e ed er ers es ing ation ations ational
reorganiz reorganis e ed es ing ation
recogniz recognis e ed es ing able
analyz analys e ed es ing
summariz summaris e ed es ing
prioritiz prioritis e ed es ing
standardiz standardis e ed es ing
personaliz personalis e ed es ing ation
emphasiz emphasis e ed es ing
apologiz apologis e ed es ing
customiz customis e ed es ing
finaliz finalis e ed es ing
formaliz formalis e ed es ing
categoriz categoris e ed es ing
memoriz memoris e ed es ing
realiz realis e ed es ing
specializ specialis e ed es ing
anonymiz anonymis e ed es ing
synchroniz synchronis e ed es ing
authoriz authoris e ed es ing ation
generaliz generalis e ed es ing
normaliz normalis e ed es ing ation
minimiz minimis e ed es ing
maximiz maximis e ed es ing
optimiz optimis e ed es ing
criticiz criticis e ed es ing
color colour - s ed ful ing
favor favour - s ed ing able ite ites
neighbor neighbour - s hood hoods ing
honor honour - s ed ing
labor labour - s ed
behavior behaviour - s al
rumor rumour - s
humor humour -
endeavor endeavour - s
center centre - s
centered centred -
kilometer kilometre - s
theater theatre - s
judgment judgement - s
acknowledgment acknowledgement - s
counselor counsellor - s
counseling counselling -
gray grey - s
artifact artefact - s
defense defence - s
offense offence - s
fulfill fulfil - s
fulfillment fulfilment -
enroll enrol - s
enrollment enrolment - s
skillful skilful - ly
aging ageing -
math maths -
cancel cancel led ling
label label led ling
model model led ling
travel travel led ling ler lers
signal signal led ling
"""
_DOUBLED = {"cancel", "label", "model", "travel", "signal"}  # British doubles the l: labeled, labelled
# British words that American English does not have in any sense
_BRITISH_ALONE = frozenset(
    {"programme", "programmes", "licence", "licences", "practise", "practised", "practises", "practising"}
    | {
        "whilst",
        "learnt",
        "spelt",
        "timetable",
        "timetables",
        "tick",
        "ticks",
        "ticked",
        "ticking",
        "fortnight",
    }
    | {"amongst", "headteacher", "metres", "kilometres", "catalogue", "catalogues"}
)
_WORD = re.compile(r"[^\W\d_]+")
_KEPT = re.compile(
    r"(%\(\w+\)[sd]|\{\w*\}|<[^>]*>|https?://\S+)"
)  # places to fill, tags and addresses are no words


def _pairs() -> dict[str, str]:
    """American → British, in small letters."""
    found = {}
    for line in FAMILIES.strip().splitlines():
        american, british, *endings = line.split()
        for ending in endings:
            tail = "" if ending == "-" else ending
            if american in _DOUBLED:
                found[american + tail.removeprefix("l")] = british + tail
            else:
                found[american + tail] = british + tail
    return found


PAIRS = _pairs()
BRITISH = frozenset(PAIRS.values()) | _BRITISH_ALONE


def british(text: str) -> str:
    """The text in British spelling, as far as a word alone decides it."""

    def spelled(met: re.Match[str]) -> str:
        word = met[0]
        other = PAIRS.get(word.lower())
        if other is None:
            return word
        if word.isupper():
            return other.upper()
        return other.capitalize() if word[0].isupper() else other

    parts = _KEPT.split(text)
    return "".join(part if place % 2 else _WORD.sub(spelled, part) for place, part in enumerate(parts))


def words_of(text: str) -> set[str]:
    """The words of a text in small letters."""
    return {word for part in _KEPT.split(text)[::2] for word in _WORD.findall(part.lower())}


def american_in(text: str) -> set[str]:
    """Words of `text` that a British reader would spell otherwise."""
    return words_of(text) & PAIRS.keys()


def british_in(text: str) -> set[str]:
    """Words of `text` that an American reader would spell otherwise."""
    return words_of(text) & BRITISH
