"""The report as a tagged PDF (PDF/UA-1). `report.typ` holds its layout, `records.paper` what it shares with every paper."""

from datetime import datetime
from pathlib import Path

from throughline.journeys.report.contents import Report
from throughline.journeys.report.pdf_data import as_data
from throughline.records.paper.compiling import Way, make_pdf
from throughline.records.profile.picture import drawn_on_paper

LAYOUT = Path(__file__).with_name("report.typ")


def report_pdf(report: Report, *, way: Way, made_at: datetime) -> bytes:
    """The PDF. The same report gives the same bytes."""
    drawn = drawn_on_paper(report.profile, title=report.title, earlier=report.earlier)
    return make_pdf(LAYOUT, as_data(report), way=way, made_at=made_at, pictures={"profile": drawn})
