"""What a school takes away from a closed round: the report as a page, as a PDF, and the frozen content as data."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from throughline.frameworks.tree import tree
from throughline.journeys.models import Round, Snapshot
from throughline.journeys.report.contents import Report, report_of
from throughline.journeys.report.markup import entry_markup
from throughline.journeys.report.pdf import report_pdf
from throughline.journeys.report.pdf_data import as_data
from throughline.journeys.report.snapshot import Frozen, read_snapshot
from throughline.journeys.report.sources import decisions_on
from throughline.journeys.shortcuts import Loaded, round_or_404
from throughline.kit.prepared import prepared
from throughline.records.paper.compiling import PAPERS, Way
from throughline.records.paper.fonts import unshown_in
from throughline.records.profile.picture import competency_links, picture_of, table_of
from throughline.schools.tenant import MemberRequest, for_members


@dataclass(frozen=True, slots=True)
class Taken:
    """An edition of a round, the one of the round before it, and the report made of both."""

    loaded: Loaded
    frozen: Frozen
    newest: bool
    report: Report

    @property
    def file_name(self) -> str:
        """What a download is called, without its ending."""
        name = slugify(self.loaded.journey.name) or "journey"
        return f"{name}-{self.frozen.snapshot.taken_at:%Y-%m-%d}"


def _snapshots(loaded: Loaded) -> list[Snapshot]:
    """The editions of this round and of the one before it that has any, oldest first. One query."""
    held = loaded.round
    return _editions(held.organisation_id, held.journey_id, held.pk, held.number)


@prepared
def _editions(organisation: UUID, journey: UUID, held: UUID, number: int) -> QuerySet[Snapshot]:
    rows = Snapshot.objects.filter(organisation=organisation)
    before = rows.filter(round__journey=journey, round__number__lt=number).order_by("-round__number")
    wanted = rows.filter(Q(round=held) | Q(round=Subquery(before.values("round")[:1])))
    return wanted.select_related("round").order_by("round__number", "edition")


def _snapshot_or_404(request: MemberRequest, loaded: Loaded) -> tuple[Snapshot, bool, Snapshot | None]:
    rows = _snapshots(loaded)
    here = [each for each in rows if each.round_id == loaded.round.id]
    asked = request.GET.get("edition")
    chosen = here if asked is None else [each for each in here if str(each.edition) == asked]
    if not chosen:
        raise Http404
    before = [each for each in rows if each.round.number < loaded.round.number]
    return chosen[-1], chosen[-1] is here[-1], before[-1] if before else None


def _taken(request: MemberRequest, round_id: UUID) -> Taken:
    loaded = round_or_404(request, round_id)
    snapshot, newest, before = _snapshot_or_404(request, loaded)
    frozen = read_snapshot(snapshot, loaded.framework)
    earlier = read_snapshot(before, tree(before.round.framework_version_id)) if before else None
    decisions = decisions_on(loaded.journey.record, loaded.framework, snapshot.taken_at)
    return Taken(loaded, frozen, newest, report_of(loaded.journey, frozen, earlier, decisions))


@for_members
@require_safe
def report(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The report as a page that also prints well."""
    taken = _taken(request, round_id)
    told = taken.report
    link = competency_links(taken.loaded.journey.record, request.seat.organisation.slug)
    context = {
        "round": taken.loaded.round,
        "journey": taken.loaded.journey,
        "report": told,
        "parts": [(each, list(map(entry_markup, each.entries))) for each in told.parts],
        "edition": taken.frozen.snapshot.edition,
        "newest": taken.newest,
        "unshown": unshown_in(as_data(told)),
        "reopened": taken.newest and taken.loaded.round.state == Round.State.AGREEING,
        "picture": picture_of(told.profile, title=told.title, earlier=told.earlier),
        "table": table_of(told.profile, caption=told.date, earlier=told.earlier, link=link),
    }
    return render(request, "journeys/report.html", context)


@for_members
@require_safe
def pdf(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The report as a tagged PDF on the paper asked for."""
    paper = request.GET.get("paper", "a4")
    if paper not in PAPERS:
        raise Http404
    taken = _taken(request, round_id)
    made = report_pdf(taken.report, way=Way.now(paper), made_at=taken.frozen.snapshot.taken_at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{taken.file_name}.pdf"'
    return response


@for_members
@require_safe
def data(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The frozen content as it was kept: standings, agreed steps, reasons, priorities. Never a rating."""
    loaded = round_or_404(request, round_id)
    snapshot, _newest, _before = _snapshot_or_404(request, loaded)
    told = {
        "organisation": request.seat.organisation.name,
        "journey": loaded.journey.name,
        "round": loaded.round.number,
        "edition": snapshot.edition,
        "taken_at": snapshot.taken_at.isoformat(),
        **snapshot.content,
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"{slugify(loaded.journey.name) or 'journey'}-{snapshot.taken_at:%Y-%m-%d}"
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@for_members
@require_safe
def promise(request: MemberRequest) -> HttpResponse:
    """What becomes of a rating, in plain words: for whoever represents the staff, and for everyone else."""
    return render(request, "journeys/promise.html")
