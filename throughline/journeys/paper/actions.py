"""Rating on paper: who does, who keys their sheets in, and keying in. The log says that somebody did, never what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.candidates import choosable
from throughline.journeys.letters import ask_to_key_in, ask_to_rate, tell_sheet_is_in
from throughline.journeys.locks import held_round, hold_journey, log_round
from throughline.journeys.models import Rater, Rating, Round, Sheet, Typist
from throughline.journeys.paper.queries import kept_rows, nobody_has_begun, rows_of
from throughline.journeys.paper.sheet_making import make_sheets
from throughline.journeys.paper.sheets import MOST_ROWS, Row, Typed, Unreadable, differing, read_row
from throughline.journeys.policy import Place, may_run
from throughline.journeys.queries import read_items
from throughline.journeys.rating.actions import LONGEST_COMMENT
from throughline.kit.ids import opaque_id
from throughline.kit.verdict import refuse
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat


@transaction.atomic
def choose_paper(*, place: Place, round_id: UUID, members: Collection[UUID]) -> None:
    """These rate on paper, the others on screen. Only until somebody begins: who has rated already must not be told by
    what changes, and nobody may count twice."""
    may_run(place).enforce()
    hold_journey(place)
    held = held_round(place, round_id, Round.State.DRAFT, Round.State.RATING)
    raters = list(
        Rater.objects.select_for_update(of=("self",))
        .filter(organisation=held.organisation_id, round=held, membership__isnull=False)
        .select_related("membership__person", "membership__organisation")
        .order_by("pk")
    )
    wanted = set(members)
    if not wanted <= {each.membership_id for each in raters}:
        raise ValidationError({"members": _("Only those who are asked to rate can do so on paper.")})
    if wanted and held.items.count() > MOST_ROWS:
        raise ValidationError(
            _("A paper sheet holds at most 200 competencies. Choose some domains for this round.")
        )
    changed = [each for each in raters if each.on_paper != (each.membership_id in wanted)]
    if not changed:
        return
    if held.state == Round.State.RATING and not nobody_has_begun(held):
        raise ValidationError(
            _(
                "Rating has begun, so no one can switch between paper and screen: they might be counted twice. People who join late can still rate on paper."
            )
        )
    for each in changed:
        each.on_paper = not each.on_paper
    Rater.objects.bulk_update(changed, ["on_paper"])
    if held.state == Round.State.RATING:
        make_sheets(held)
        ask_to_rate(held, [each for each in changed if each.absent_at is None])
    log_round("round.paper-chosen", held, place, people=len(wanted))


@transaction.atomic
def name_typist(*, place: Place, round_id: UUID, membership: Membership) -> Typist:
    """Somebody may key in the paper sheets of this round, on the team or not."""
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.DRAFT, Round.State.RATING)
    if membership.id not in {each.id for each in choosable(place.seat) if not each.invited}:
        raise ValidationError({"member": _("Choose someone who has joined.")})
    typist, made = Typist.objects.get_or_create(
        organisation_id=held.organisation_id,
        round=held,
        membership=membership,
        defaults={"named_by": place.seat.membership},
    )
    if made:
        ask_to_key_in(held, typist)
        log_round("round.typist-named", held, place, name=membership.name)
    return typist


@transaction.atomic
def dismiss_typist(*, place: Place, round_id: UUID, membership: Membership) -> None:
    """They key in no more. What they have handed in counts; what they were typing is dropped."""
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.DRAFT, Round.State.RATING)
    here = {"organisation": held.organisation_id, "round": held}
    gone, _each = Typist.objects.filter(membership=membership, **here).delete()
    if gone:
        Sheet.objects.filter(typing_by=membership, **here).update(typing={}, typing_by=None)
        log_round("round.typist-dismissed", held, place, name=membership.name)


def _held_sheet(by: Seat, round_id: UUID, sheet_id: UUID) -> Sheet:
    """A sheet, held, with its round: opening the spread waits for it or comes first, and sheets come in one by one."""
    mine = Typist.objects.filter(organisation=by.organisation, round=round_id, membership=by.membership)
    if not by.membership.is_active or not mine.exists():
        refuse(_("Only people chosen to do it can enter the sheets of this round.")).enforce()
    rounds = Round.objects.select_for_update(of=("self",)).select_related("journey")
    held = rounds.get(organisation=by.organisation, pk=round_id)
    if held.state != Round.State.RATING:
        raise ValidationError(_("Rating has ended, so no more sheets can be entered."))
    sheet = Sheet.objects.select_for_update(of=("self",)).get(
        organisation=by.organisation, round=held, pk=sheet_id
    )
    sheet.round = held
    if sheet.typing_by_id not in (None, by.membership.id):
        raise ValidationError(_("Someone else is entering this sheet now. Please take another one."))
    return sheet


@transaction.atomic
def keep_typing(
    *, by: Seat, round_id: UUID, sheet_id: UUID, typed: Sequence[Typed], opening: str = ""
) -> None:
    """Keep what is typed so far, for whoever types it and for nobody else. A page saves by itself, and what it sent
    last may arrive after the sheet was handed in from that same page (`opening`): then nothing is left of it."""
    sheet = _held_sheet(by, round_id, sheet_id)
    if opening and sheet.typing.get("done") == opening:
        raise ValidationError(_("This sheet has been entered. Open it again to correct it."))
    rows = [asdict(each) for each in typed[:MOST_ROWS]]
    for each in rows:
        each["comment"] = each["comment"][:LONGEST_COMMENT]
    sheet.typing, sheet.typing_by = {**sheet.typing, "rows": rows}, by.membership
    sheet.save(update_fields=["typing", "typing_by"])


@dataclass(frozen=True, slots=True)
class KeyedIn:
    """What became of a sheet. `differs`: rows that were typed otherwise before, where that has to be confirmed first."""

    sheet: Sheet
    kept: bool
    differs: tuple[int, ...] = ()
    same: bool = False


@transaction.atomic
def key_in(
    *,
    by: Seat,
    round_id: UUID,
    sheet_id: UUID,
    typed: Sequence[Typed],
    gaps: bool = False,
    replace: bool = False,
    opening: str = "",
) -> KeyedIn:
    """Hand in a typed sheet. `gaps`: what is empty here is empty on the paper. A sheet that is in already is compared:
    where it differs it stays as it was until `replace` says that what is typed now counts. `opening` names the page."""
    sheet = _held_sheet(by, round_id, sheet_id)
    framework = tree(sheet.round.framework_version_id)
    asked = [item.id for item in rows_of(sheet, read_items(sheet.round), framework)]
    rows = _read(asked, typed, gaps)
    if before := kept_rows(sheet):
        differs = differing(before, rows, asked)
        note("round.sheet-compared", by=by.membership, subject=sheet.round, **_known(sheet.round))
        if not differs and sheet.is_in:
            _forget_typing(sheet, opening)
            return KeyedIn(sheet, kept=True, same=True)
        if differs and not replace:
            return KeyedIn(sheet, kept=False, differs=tuple(differs))
    rater = _rater_for(sheet)
    Rating.objects.filter(organisation=sheet.organisation_id, rater=rater).delete()
    Rating.objects.bulk_create(
        Rating(
            organisation_id=sheet.organisation_id,
            rater=rater,
            item_id=item_id,
            step=row.step,
            confidence=row.confidence,
            comment=row.comment,
            comment_released=row.released,
        )
        for item_id, row in rows.items()
    )
    sheet.is_in = True
    _forget_typing(sheet, opening)
    note("round.sheet-keyed", by=by.membership, subject=sheet.round, **_known(sheet.round))
    if rater.membership is not None:
        tell_sheet_is_in(sheet.round, rater, by.membership)
    return KeyedIn(sheet, kept=True)


def _known(held: Round) -> dict[str, object]:
    return {"journey": held.journey.name, "number": held.number}


def _forget_typing(sheet: Sheet, opening: str) -> None:
    sheet.typing, sheet.typing_by = {"done": opening} if opening else {}, None
    sheet.save(update_fields=["is_in", "rater", "typing", "typing_by"])


def _read(asked: Sequence[UUID], typed: Sequence[Typed], gaps: bool) -> Mapping[UUID, Row]:
    errors: dict[str, str] = {}
    rows: dict[UUID, Row] = {}
    empty = []
    for number, item_id in enumerate(asked, start=1):
        said = typed[number - 1] if number <= len(typed) else Typed()
        if len(said.comment) > LONGEST_COMMENT:
            errors[f"comment-{number}"] = _("This is longer than 2,000 characters. Please shorten it.")
            continue
        try:
            row = read_row(said)
        except Unreadable as wrong:
            errors[f"{wrong.field}-{number}"] = (
                _("Type 1, 2, 3 or 4, or 0 for “cannot say”.")
                if wrong.field == "step"
                else _("Type 1, 2 or 3, or leave it empty.")
            )
            continue
        if row is None:
            empty.append(number)
        else:
            rows[item_id] = row
    if errors:
        raise ValidationError(errors)
    if not rows:
        raise ValidationError(_("Nothing is typed yet. Leave out sheets that are empty on paper."))
    if empty and not gaps:
        raise ValidationError({"gaps": _gaps_in_words(empty)})
    return rows


def _gaps_in_words(empty: list[int]) -> str:
    return _(
        "These rows are empty: %(rows)s. Fill them in, or check the box to say they’re empty on paper too."
    ) % {"rows": ", ".join(str(each) for each in empty)}


def _rater_for(sheet: Sheet) -> Rater:
    """Whose ratings these are: the person for whom the sheet was printed, else nobody's. Never more than rate on paper."""
    if sheet.rater_id is not None:
        rater = Rater.objects.select_related("membership__person", "membership__organisation").get(
            organisation=sheet.organisation_id, pk=sheet.rater_id
        )
        if not rater.sheet_in:
            rater.sheet_in = True
            rater.save(update_fields=["sheet_in"])
        return rater
    here = Rater.objects.filter(organisation=sheet.organisation_id, round=sheet.round, on_paper=True)
    alike = [each for each in here if sorted(each.domains) == sorted(sheet.domains)]
    people = sum(each.membership_id is not None for each in alike)
    if len(alike) - people >= people:
        raise ValidationError(
            _(
                "There are already as many sheets as people rating on paper. Did someone else fill this one in?"
            )
        )
    sheet.rater = Rater.objects.create(
        id=opaque_id(),
        organisation_id=sheet.organisation_id,
        round=sheet.round,
        membership=None,
        domains=sheet.domains,
        on_paper=True,
        sheet_in=True,
    )
    return sheet.rater
