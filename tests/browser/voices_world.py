"""What listenings bring into the browser world: ids for their addresses."""

from datetime import timedelta
from typing import Any

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.journeys.setup.actions import Part, start_journey
from throughline.kit import clock
from throughline.schools.models import Membership, Organisation
from throughline.schools.queries import leads_of
from throughline.schools.tenant import seat_of
from throughline.voices import bank
from throughline.voices.answering.actions import open_kiosk
from throughline.voices.asking.actions import (
    ask_group,
    begin_listening,
    change_group,
    change_listening,
    compose,
    open_listening,
)
from throughline.voices.closing.actions import close_listening
from throughline.voices.conversations.actions import add_conversation
from throughline.voices.inviting.actions import opt_out
from throughline.voices.models import (
    Asked,
    Conversation,
    HeldWords,
    Listening,
    OptOut,
    Question,
    Reply,
    Slip,
    Words,
)
from throughline.voices.moderating.actions import show_words
from throughline.voices.replying.actions import add_reply, publish_replies
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.marks import code_hash, new_code
from throughline.voices.spool.outcomes import Outcome

TITLES = ("What we hear in spring", "What we hear now")
HEARD = "What we heard"
REPLIES = (
    ("will", {"heard": "Feedback comes too late.", "answer": "Every class gives it within a week."}),
    ("later", {"heard": "More time to read."}),
    ("not", {"heard": "No homework.", "answer": "It is where learners practice."}),
)
AGES = {
    "code": "years",
    "words": {"en": {"text": "How long have you been here?"}, "es": {"text": "¿Desde cuándo está aquí?"}},
    "choices": [
        {"code": "new", "words": {"en": {"text": "Since this year"}, "es": {"text": "Desde este año"}}},
        {"code": "long", "words": {"en": {"text": "For longer"}, "es": {"text": "Desde antes"}}},
    ],
}


def _ids(rows: Any) -> list[str]:
    return [str(each.pk) for each in rows]


def listenings_of(school: Organisation) -> dict[str, list[str]]:
    """One that is being composed, one that is open, one that is closed and answered: learners and families, in two languages."""
    here = {"organisation": school}
    journey = Journey.objects.filter(**here, record__group=None).first()
    lead = next(iter(leads_of(school)), None)
    if journey and lead and not Listening.objects.filter(**here, title=TITLES[0]).exists():
        for title in TITLES:
            held = _ready(journey, title, lead)
        open_listening(listening=held, by=lead)
        _written_yesterday(held)
        _heard(journey, lead)
        for each in Asked.objects.select_related("listening").filter(listening=held, group="learner"):
            opt_out(each, child="Kim", class_or_group="6b", told_by="Ms. Kim")
    rows = Listening.objects.filter(**here).order_by("made_at")
    asked = Asked.objects.filter(**here).order_by("listening__made_at", "group")
    words = Words.objects.filter(**here).order_by("text")
    question = Question.objects.filter(**here).order_by(
        "asked__listening__made_at", "asked__group", "position"
    )
    return {
        "wording_id": _ids(question[:1]),
        "opt_out_id": _ids(OptOut.objects.filter(**here)[:1]),
        "listening_id": _ids([*rows.filter(title=HEARD), *rows.exclude(title=HEARD)[:4]]),
        "asked_id": _ids(asked[:6]),
        "nth": ["1", "2", "3"],
        "words_id": _ids(words[:3]),
        "reply_id": _ids(Reply.objects.filter(**here).order_by("position")[:3]),
        "conversation_id": _ids(Conversation.objects.filter(**here)),
        "competency": [code for each in rows.filter(title=HEARD) for code in each.competencies[:2]],
    }


def _written_yesterday(held: Listening) -> None:
    """What two learners wrote in the open one, for its reader."""
    question = Question.objects.filter(asked__listening=held, asked__group="learner", kind="open").earliest(
        "position"
    )
    for text in ("I am scared to go home.", "More time for projects, please."):
        HeldWords.objects.create(
            organisation=held.organisation,
            question=question,
            text=text,
            on=clock.today() - timedelta(days=2),
            worrying=text.startswith("I am"),
        )


def _heard(journey: Journey, lead: Membership) -> None:
    """A closed one: a dozen of each group answered, three in their own words; and a conversation with the board."""
    held = _ready(journey, HEARD, lead)
    open_listening(listening=held, by=lead)
    for asked in Asked.objects.select_related("listening").filter(listening=held):
        rows = list(Question.objects.filter(asked=asked).values_list("kind", "code"))
        opens = [code for kind, code in rows if kind == "open"]
        for number in range(12):
            token = begin_draft(asked)
            steps = {code: (number + place) % 5 for place, (kind, code) in enumerate(rows) if kind == "steps"}
            words = {opens[0]: f"Ms. Rivera listens, answer {number}."} if opens and number < 2 else {}
            save_draft(token, steps=steps, background={}, words=words)
            assert hand_in(token) == Outcome.OK
    close_listening(listening=held, by=lead)
    first = Words.objects.filter(question__asked__listening=held).select_related("question__asked__listening")
    show_words(words=first.order_by("text")[0], wording="They listen.", by=lead)
    add_conversation(
        journey=journey,
        listening=held,
        group="board",
        held_on=clock.today(),
        how_many="up-to-5",
        competencies=held.competencies[:2],
        heard="They would like to see learners present.",
        differs="One would rather see figures.",
        names_are_meant=True,
        by=lead,
    )
    for kind, said in REPLIES:
        add_reply(listening=held, kind=kind, words={"en": said}, by=lead)
    publish_replies(listening=held, by=lead)


def _ready(journey: Journey, title: str, lead: Membership) -> Listening:
    """One that could be opened, about the first competency of each domain."""
    begun = begin_listening(journey=journey, title=title, by=lead)
    for group in ("learner", "family"):
        asked = ask_group(listening=begun, group=group, invited=60, by=lead)
        change_group(asked=asked, by_code=True, young=group == "learner", by=lead)
    domains = tree(journey.record.version_id).domains
    about = [each.competencies[0].code for each in domains if each.competencies]
    compose(listening=begun, competencies=about, languages=["en", "es"], by=lead)
    Listening.objects.filter(pk=begun.pk).update(background=[AGES])
    return change_listening(
        listening=begun,
        closes_on=clock.today() + timedelta(days=30),
        contact={"en": "Room 2, Ms. Rivera", "es": "Sala 2, Sra. Rivera"},
        reader=lead,
        by=lead,
    )


def places_of(lead: Membership) -> list[str]:
    """What may stand in the addresses that respondents see: one that is open, one that is not."""
    listenings_of(lead.organisation)
    rows = Asked.objects.filter(organisation=lead.organisation, listening__title__in=(*TITLES, HEARD))
    found = dict(rows.values_list("listening__state", "place"))
    families = rows.filter(listening__state="open", group="family").values_list("place", flat=True)
    return list(dict.fromkeys([*families, *found.values()]))


def new_listening(slug: str) -> dict[str, str]:
    """An open listening of a new school: families by link, learners under twelve by code, one code, and a kiosk's secret."""
    school = Organisation.objects.get(slug=slug)
    lead = next(iter(leads_of(school)))
    version = FrameworkVersion.objects.filter(framework__owner=None, framework__code=bank.FRAMEWORK)
    seat = seat_of(lead)
    journey = start_journey(
        name=school.name, version=version.latest("published_at"), team=[Part(lead)], by=seat
    )
    held = _ready(journey, "What we hear", lead)
    open_listening(listening=held, by=lead)
    told = {each.group: each for each in Asked.objects.filter(listening=held)}
    Asked.objects.filter(pk=told["learner"].pk).update(by_link=False)
    code = new_code()
    Slip.objects.create(organisation=school, asked=told["learner"], code_hash=code_hash(code))
    kiosk = open_kiosk(asked=told["family"], by=lead)
    return {"family": told["family"].place, "learner": told["learner"].place, "code": code, "kiosk": kiosk}
