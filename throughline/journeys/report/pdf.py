"""The report as a tagged PDF (PDF/UA-1). `report.typ` holds its layout, `records.paper` what it shares with every paper."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from throughline.journeys.report.contents import Report
from throughline.journeys.report.pdf_data import as_data
from throughline.records.drawing.profile import draw_profile
from throughline.records.paper.compiling import Way, make_pdf
from throughline.records.profile.picture import picture_of

LAYOUT = Path(__file__).with_name("report.typ")


def report_pdf(report: Report, *, way: Way, made_at: datetime) -> bytes:
    """The PDF. The same report gives the same bytes."""
    picture = picture_of(report.profile, title=report.title, earlier=report.earlier, standalone=True)
    drawn = draw_profile(replace(picture, theme="light"))
    return make_pdf(LAYOUT, as_data(report), way=way, made_at=made_at, pictures={"profile": drawn})
