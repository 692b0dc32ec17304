"""Making the paper sheets of a round: rows with random codes, as soon as the round is open."""

from collections.abc import Sequence

from throughline.journeys.models import Rater, Round, Sheet
from throughline.journeys.paper.sheets import missing_sheets, new_code


def make_sheets(held: Round) -> None:
    """As many sheets as there are people on paper. With hidden names a few more, so that the last one may choose too;
    where names show, one for each person. Sheets that nobody needs any more and that are not in go away."""
    here = {"organisation": held.organisation_id, "round": held}
    raters = list(Rater.objects.filter(on_paper=True, membership__isnull=False, **here))
    sheets = list(Sheet.objects.filter(**here))
    if held.names_shown:
        wanted = {each.id for each in raters}
        Sheet.objects.filter(is_in=False, **here).exclude(rater__in=wanted).delete()
        having = {each.rater_id for each in sheets}
        made = [(each, sorted(each.domains)) for each in raters if each.id not in having]
        _print(held, made, sheets)
        return
    if not raters:
        Sheet.objects.filter(is_in=False, **here).delete()
        return
    asked = [tuple(sorted(each.domains)) for each in raters]
    printed = [tuple(sorted(each.domains)) for each in sheets]
    _print(held, [(None, list(domains)) for domains in missing_sheets(asked, printed)], sheets)


def _print(held: Round, wanted: Sequence[tuple[Rater | None, list[str]]], known: list[Sheet]) -> None:
    codes = {each.code for each in known}
    made = []
    for rater, domains in wanted:
        code = new_code()
        while code in codes:
            code = new_code()
        codes.add(code)
        made.append(
            Sheet(organisation_id=held.organisation_id, round=held, rater=rater, domains=domains, code=code)
        )
    Sheet.objects.bulk_create(made)
