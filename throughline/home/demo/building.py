"""From what is told to verbs: everything the demo holds is asked for by somebody, as on any other day."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from django.utils import timezone

from throughline.files.actions import keep_file
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.home.demo.things import MADE
from throughline.home.demo.told import Agreed, Answers, Brought, LeftOpen, PutOff, Told, Wanted
from throughline.journeys.agreeing import actions as agreeing
from throughline.journeys.closing import actions as closing
from throughline.journeys.models import Confidence, Journey, Round, RoundItem
from throughline.journeys.paper import actions as paper
from throughline.journeys.paper.sheets import Typed
from throughline.journeys.policy import Place
from throughline.journeys.priorities import actions as priorities
from throughline.journeys.queries import place_of
from throughline.journeys.rating import actions as rating
from throughline.journeys.rounds import actions as rounds
from throughline.journeys.sealed_answers import actions as keeping
from throughline.journeys.sealed_notes import actions as notes
from throughline.journeys.second_ratings import actions as again
from throughline.kit import clock
from throughline.records.actions import Cite
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.records.models import Decision, Evidence, Record
from throughline.schools.tenant import Seat

SEED = 24
# Whoever kept a copy of their own ratings in every round that has closed.
KEEPS = "amara"


@dataclass
class Building:
    """What has been built so far, by key, and the day from which days are counted (a Monday)."""

    base: date
    version: FrameworkVersion
    seats: dict[str, Seat] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    cited: dict[str, Decision] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree: Tree = tree(self.version.pk)
        self.by_code: dict[str, CompetencyItem] = {each.code: each for each in self.tree.competencies}
        self.chance = Random(SEED)  # noqa: S311  (how sure people are, not a secret)
        self._minutes = count()

    def on_framework(self, version: FrameworkVersion) -> "Building":
        """The same people and evidence, with another framework's competencies by their codes."""
        return replace(self, version=version)

    def on(self, day: int) -> date:
        """The date of a day that is counted from the base."""
        return self.base + timedelta(days=day)

    @contextmanager
    def standing(self, day: int) -> Iterator[None]:
        """Some minutes after whatever happened last, on that day after lunch."""
        moment = datetime.combine(self.on(day), time(17), timezone.get_default_timezone())
        with clock.standing_at(moment + timedelta(minutes=next(self._minutes) % 300)):
            yield

    def place(self, journey: Journey, key: str) -> Place:
        """Somebody's part in a journey."""
        return place_of(self.seats[key], journey)

    def bring(self, record: Record, pieces: Iterable[Brought]) -> None:
        """Evidence comes in, each piece on its day."""
        for told in pieces:
            with self.standing(told.day):
                by = self.seats[told.by].membership
                file = keep_file(MADE[told.made](), by=by) if told.made else None
                piece = Piece(
                    kind=told.kind,
                    mark=told.mark,
                    title=told.title,
                    happened_on=self.on(told.day - 2),
                    text=told.text,
                    url=told.url,
                    figure=Decimal(told.figure) if told.figure else None,
                    unit=told.unit,
                    file=file,
                    cited_decision=self.cited.get(told.key),
                    place=Evidence.Place.BEYOND if told.beyond else Evidence.Place.IN_SCHOOL,
                    recheck_on=self.on(told.recheck) if told.recheck is not None else None,
                    shows=tuple(self._shows(told.shows)),
                    why=told.why,
                )
                self.evidence[told.key] = bring_evidence(record=record, piece=piece, by=by)

    def _shows(self, shows: Answers) -> Iterator[Shows]:
        for code, numbers in shows.items():
            competency = self.by_code[code]
            if not numbers:
                yield Shows(competency.id)
            for number in numbers:
                yield Shows(competency.id, competency.indicators[number - 1].id)

    def cites(self, code: str, on: Answers) -> tuple[Cite, ...]:
        """The evidence that a decision stands on."""
        indicators = self.by_code[code].indicators
        return tuple(
            Cite(self.evidence[key].id, indicators[number - 1].id if number else None)
            for key, numbers in on.items()
            for number in numbers or (0,)
        )

    def agreement(self, code: str, told: Agreed) -> agreeing.Agreement:
        """What the team says of one competency."""
        return agreeing.Agreement(
            step=told.step,
            standing=told.standing,
            reason=told.reason,
            cites=self.cites(code, told.on),
            why_changed=told.why,
            dissent=told.dissent,
            check_on=self.on(told.check) if told.check is not None else None,
        )

    def hold(self, journey: Journey, told: Told, run_by: str) -> Round:
        """A round, as far as it is told."""
        held = self._open(journey, told, run_by)
        self._rate(held, told)
        if told.spread is None:
            return held
        with self.standing(told.spread):
            place = self.place(journey, run_by)
            for key in told.away:
                member = self.seats[key].membership
                rounds.excuse_rater(place=place, round_id=held.pk, membership=member)
            rounds.open_spread(place=place, round_id=held.pk)
        if told.again:
            self._rate_again(journey, held, told, run_by)
        if told.agreed_on is not None:
            self._agree(journey, held, told)
        for wanted in told.priorities:
            assert told.closed is not None
            self.want(journey, held, wanted, told.closed)
        if told.closed is not None:
            with self.standing(told.closed):
                closing.close_round(place=self.place(journey, run_by), round_id=held.pk)
        for each in told.notes:
            with self.standing(each.day):
                place = self.place(journey, each.by)
                notes.seal_note(place=place, round_id=held.pk, text=each.text, to_team=each.to_team)
        return held

    def _open(self, journey: Journey, told: Told, run_by: str) -> Round:
        place = self.place(journey, run_by)
        with self.standing(told.prepared):
            held = rounds.prepare_round(
                place=place,
                competencies=[self.by_code[code].id for code in told.ratings],
                raters=[self.seats[key].membership for key in told.raters],
                due_on=self.on(told.due),
            )
            if told.paper:
                on_paper = [self.seats[key].membership.pk for key in told.paper]
                paper.choose_paper(place=place, round_id=held.pk, members=on_paper)
                typist = self.seats[told.typist].membership
                paper.name_typist(place=place, round_id=held.pk, membership=typist)
        with self.standing(told.opened):
            return rounds.open_round(place=place, round_id=held.pk)

    def _rate(self, held: Round, told: Told) -> None:
        sure = [Confidence.GUESS, Confidence.FAIRLY, Confidence.FAIRLY, Confidence.VERY]
        with self.standing(told.opened + 1):
            for code, row in told.ratings.items():
                for key, said in zip(told.raters, row, strict=True):
                    comment = told.comments.get(code, {}).get(key, "")
                    if said == "." or key in told.paper:
                        assert not comment, f"{key} says something of {code} without rating it"
                        continue
                    rating.rate(
                        by=self.seats[key],
                        round_id=held.pk,
                        competency_id=self.by_code[code].id,
                        step=None if said == "-" else int(said),
                        confidence=self.chance.choice(sure),
                        comment=comment,
                        release_comment=bool(comment) and told.released,
                    )

            self._key_in(held, told)
            if told.closed is not None and KEEPS in told.raters:
                keeping.keep_answers(by=self.seats[KEEPS], round_id=held.pk, keep=True)
        for code, seen in told.back.items():
            for key, step in seen.items():
                again.look_back(
                    by=self.seats[key], round_id=held.pk, competency_id=self.by_code[code].id, step=step
                )

    def _key_in(self, held: Round, told: Told) -> None:
        """The sheets of those who rated on paper; whoever has said nothing yet still holds theirs."""
        order = [each.code for each in self.tree.competencies if each.code in told.ratings]
        for key in told.paper:
            column = [told.ratings[code][told.raters.index(key)] for code in order]
            if set(column) == {"."}:
                continue
            typed = [Typed(step={"-": "0", ".": ""}.get(said, said)) for said in column]
            sheet = held.sheets.filter(is_in=False).order_by("code")[0]
            paper.key_in(
                by=self.seats[told.typist], round_id=held.pk, sheet_id=sheet.pk, typed=typed, gaps=True
            )

    def _rate_again(self, journey: Journey, held: Round, told: Told, run_by: str) -> None:
        """After talking some competencies are rated once more, each alone."""
        assert told.spread is not None
        with self.standing(told.spread + 1):
            place = self.place(journey, run_by)
            wanted = [self.by_code[code].id for code in told.again]
            again.open_again(place=place, round_id=held.pk, competencies=wanted)
            for code, row in told.again.items():
                for key, said in zip(told.raters, row, strict=True):
                    if said != ".":
                        again.rate_again(
                            by=self.seats[key],
                            round_id=held.pk,
                            competency_id=self.by_code[code].id,
                            step=int(said),
                            confidence=Confidence.FAIRLY,
                        )
            if not told.again_open:
                again.close_again(place=place, round_id=held.pk, competencies=wanted)

    def _agree(self, journey: Journey, held: Round, told: Told) -> None:
        assert told.agreed_on is not None
        items = {
            self.tree.by_id[item.competency_id].code: item
            for item in RoundItem.objects.filter(organisation=held.organisation_id, round=held)
        }
        with self.standing(told.agreed_on):
            if told.together:
                choice = agreeing.Together(told.together.step, told.together.standing)
                done = agreeing.agree_together(
                    place=self.place(journey, told.together.by),
                    round_id=held.pk,
                    choices={items[code].pk: choice for code in told.together.codes},
                    reason=told.together.reason,
                )
                assert not done.refused, done.refused
        for code, outcome in told.outcome.items():
            with self.standing(told.agreed_on):
                self._settle(self.place(journey, outcome.by), items[code], code, outcome)

    def _settle(self, place: Place, item: RoundItem, code: str, outcome: Agreed | LeftOpen | PutOff) -> None:
        match outcome:
            case Agreed():
                agreeing.agree(
                    place=place, item_id=item.pk, agreement=self.agreement(code, outcome), seen_version=0
                )
            case LeftOpen():
                agreeing.leave_open(place=place, item_id=item.pk, reason=outcome.reason, seen_version=0)
            case PutOff():
                agreeing.defer(place=place, item_id=item.pk, reason=outcome.reason, seen_version=0)

    def want(self, journey: Journey, held: Round, told: Wanted, day: int) -> None:
        """A priority is chosen, or said anew."""
        with self.standing(day):
            choice = priorities.Choice(
                competency_id=self.by_code[told.code].id,
                why_now=told.why_now,
                step=told.step,
                by_when=self.on(told.by_when),
                lead=self.seats[told.lead].membership,
                next_step=told.next_step,
                next_step_on=self.on(told.next_on) if told.next_on is not None else None,
            )
            priorities.choose_priority(place=self.place(journey, told.lead), round_id=held.pk, choice=choice)
