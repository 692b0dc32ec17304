from django.urls import URLPattern, URLResolver, path

from throughline.frameworks.case_api import views as case
from throughline.frameworks.catalog import views
from throughline.frameworks.crosswalks import urls as urls_crosswalks
from throughline.frameworks.drafting.views import outline as drafts
from throughline.frameworks.drafting.views import parts, publishing
from throughline.frameworks.exporting import urls as urls_files
from throughline.frameworks.importing import urls as urls_importing
from throughline.frameworks.public.views import opening
from throughline.frameworks.public.views import reading as public
from throughline.frameworks.translating import urls as urls_translations

app_name = "frameworks"
_DRAFTS = "s/<slug:school>/frameworks/drafts/"
_DRAFT = f"{_DRAFTS}<uuid:draft_id>/"
_PART = f"{_DRAFT}parts/<slug:part>/"
_VERSION = "frameworks/<str:framework>/<str:number>/"
urlpatterns: list[URLPattern | URLResolver] = [
    *urls_importing.urlpatterns,
    *urls_files.urlpatterns,
    *urls_crosswalks.urlpatterns,
    *urls_translations.urlpatterns,
    path("ims/case/<str:binding>/CFDocuments", case.case_documents, name="case-documents"),
    path("ims/case/<str:binding>/<str:collection>/<str:identifier>", case.case_one, name="case-one"),
    path("frameworks/", public.shelf, name="shelf"),
    path("frameworks/<str:framework>/", public.framework, name="public-framework"),
    path(_VERSION, public.framework, name="public-version"),
    path(f"{_VERSION}<str:code>/", public.competency, name="public-competency"),
    path("s/<slug:school>/frameworks/", views.frameworks, name="frameworks"),
    path("s/<slug:school>/frameworks/<uuid:version_id>/", views.framework, name="framework"),
    path("s/<slug:school>/frameworks/<uuid:version_id>/public/", opening.opening, name="opening"),
    path(f"{_DRAFTS}new/", drafts.start, name="draft-start"),
    path(_DRAFT, drafts.outline, name="draft"),
    path(f"{_DRAFT}texts/", drafts.head, name="draft-head"),
    path(f"{_DRAFT}move/", drafts.move, name="draft-move"),
    path(f"{_DRAFT}add/", drafts.add, name="draft-add"),
    path(f"{_DRAFT}put-back/", drafts.put_back, name="draft-put-back"),
    path(f"{_DRAFT}delete/", drafts.delete, name="draft-delete"),
    path(f"{_DRAFT}changes/", publishing.changes, name="draft-changes"),
    path(f"{_DRAFT}publish/", publishing.publish, name="draft-publish"),
    path(_PART, parts.part, name="draft-part"),
    path(f"{_PART}remove/", parts.remove, name="draft-remove"),
    path(f"{_PART}split/", parts.split, name="draft-split"),
    path(f"{_PART}merge/", parts.merge, name="draft-merge"),
    path(f"{_PART}into/", parts.into, name="draft-into"),
    path(f"{_PART}origin/", parts.origin, name="draft-origin"),
]
