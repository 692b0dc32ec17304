"""Addresses of the two rounds of the Graduate Profile."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.gathering.views import removed
from throughline.elements.gathering.views import rounds as views

_GATHERING = f"{ELEMENT}gathering/"
_CLUSTER = f"{_GATHERING}clusters/<uuid:cluster_id>/"
urlpatterns: list[URLPattern] = [
    path(_GATHERING, views.first, name="gathering"),
    path(f"{_GATHERING}second/", views.second, name="second-round"),
    path(f"{_GATHERING}add/", views.add, name="add-entries"),
    path(f"{_GATHERING}sort/", views.sort, name="sort-entries"),
    path(f"{_GATHERING}removed/", removed.removed, name="removed-entries"),
    path(f"{_GATHERING}missing/", views.missing, name="note-missing"),
    path(_CLUSTER, views.cluster, name="cluster"),
    path(f"{_CLUSTER}agree/", views.agree, name="agree-cluster"),
    path(f"{_CLUSTER}drop/", views.drop, name="drop-cluster"),
    path(f"{_CLUSTER}reopen/", views.reopen, name="reopen-cluster"),
]
