"""Addresses of a draft: as a whole, and of each of its parts."""

from django.urls import URLPattern, path

from throughline.frameworks.drafting.views import outline, parts, publishing

_DRAFTS = "s/<slug:school>/frameworks/drafts/"
_DRAFT = f"{_DRAFTS}<uuid:draft_id>/"
_PART = f"{_DRAFT}parts/<slug:part>/"
urlpatterns: list[URLPattern] = [
    path(f"{_DRAFTS}new/", outline.start, name="draft-start"),
    path(_DRAFT, outline.outline, name="draft"),
    path(f"{_DRAFT}texts/", outline.head, name="draft-head"),
    path(f"{_DRAFT}move/", outline.move, name="draft-move"),
    path(f"{_DRAFT}add/", outline.add, name="draft-add"),
    path(f"{_DRAFT}put-back/", outline.put_back, name="draft-put-back"),
    path(f"{_DRAFT}delete/", outline.delete, name="draft-delete"),
    path(f"{_DRAFT}changes/", publishing.changes, name="draft-changes"),
    path(f"{_DRAFT}publish/", publishing.publish, name="draft-publish"),
    path(_PART, parts.part, name="draft-part"),
    path(f"{_PART}remove/", parts.remove, name="draft-remove"),
    path(f"{_PART}split/", parts.split, name="draft-split"),
    path(f"{_PART}merge/", parts.merge, name="draft-merge"),
    path(f"{_PART}into/", parts.into, name="draft-into"),
    path(f"{_PART}origin/", parts.origin, name="draft-origin"),
]
