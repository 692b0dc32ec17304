from django.urls import URLPattern, URLResolver, path

from throughline.records.crosswalks import views as crosswalks
from throughline.records.evidence.views import editions, evidence
from throughline.records.paper import views as papers
from throughline.records.paper.catalog import KINDS
from throughline.records.profile.views import competency, preview, profile

app_name = "records"
_RECORD = "s/<slug:school>/records/<uuid:record_id>/"
_EVIDENCE = "s/<slug:school>/evidence/<uuid:evidence_id>/"
_PAPERS = "s/<slug:school>/frameworks/<uuid:version_id>/papers/"
_OPEN_PAPERS = "papers/<uuid:version_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_RECORD}profile/", profile.profile, name="profile"),
    path(f"{_RECORD}profile.svg", profile.picture, name="picture"),
    path(f"{_RECORD}profile.json", profile.data, name="data"),
    path(f"{_RECORD}competencies/<uuid:competency_id>/", competency.competency, name="competency"),
    path(f"{_RECORD}crosswalks/", crosswalks.crosswalks, name="crosswalks"),
    path(f"{_RECORD}crosswalks/<uuid:crosswalk_id>/", crosswalks.crosswalk, name="crosswalk"),
    path(f"{_RECORD}evidence/", evidence.evidence_list, name="evidence-list"),
    path(f"{_RECORD}evidence/new/", evidence.bring, name="bring"),
    path("s/<slug:school>/frameworks/drafts/<uuid:draft_id>/preview/", preview.preview, name="draft-preview"),
    path(_EVIDENCE, evidence.evidence, name="evidence"),
    path(f"{_EVIDENCE}claims/new/", evidence.claim, name="claim"),
    path(f"{_EVIDENCE}editions/new/", editions.rework, name="rework"),
    path(f"{_EVIDENCE}withdraw/", evidence.withdraw, name="withdraw"),
    path(_PAPERS, papers.papers, name="papers"),
    path(_OPEN_PAPERS, papers.open_papers, name="open-papers"),
]
for kind in KINDS:
    known = {"kind": kind.key}
    urlpatterns += [
        path(f"{_PAPERS}{kind.key}.pdf", papers.paper, known, name=f"paper-{kind.key}"),
        path(f"{_OPEN_PAPERS}{kind.key}.pdf", papers.open_paper, known, name=f"open-paper-{kind.key}"),
    ]
