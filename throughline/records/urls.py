from django.urls import URLPattern, URLResolver, path

from throughline.records.views import competency, evidence, profile

app_name = "records"
_RECORD = "s/<slug:school>/records/<uuid:record_id>/"
_EVIDENCE = "s/<slug:school>/evidence/<uuid:evidence_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_RECORD}profile/", profile.profile, name="profile"),
    path(f"{_RECORD}profile.svg", profile.picture, name="picture"),
    path(f"{_RECORD}profile.json", profile.data, name="data"),
    path(f"{_RECORD}competencies/<uuid:competency_id>/", competency.competency, name="competency"),
    path(f"{_RECORD}evidence/", evidence.evidence_list, name="evidence-list"),
    path(f"{_RECORD}evidence/new/", evidence.bring, name="bring"),
    path(_EVIDENCE, evidence.evidence, name="evidence"),
    path(f"{_EVIDENCE}claims/new/", evidence.claim, name="claim"),
    path(f"{_EVIDENCE}withdraw/", evidence.withdraw, name="withdraw"),
]
