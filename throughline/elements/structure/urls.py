"""Addresses of what is structured in an element."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.structure.views import items, ties

_ITEMS = f"{ELEMENT}items/"
_ITEM = f"{_ITEMS}<uuid:item_id>/"
urlpatterns: list[URLPattern] = [
    path(_ITEMS, items.listed, name="items"),
    path(f"{_ITEMS}move/", items.move, name="move-item"),
    path(f"{_ITEMS}add/<slug:what>/", items.add, name="add-item"),
    path(_ITEM, items.one, name="item"),
    path(f"{_ITEM}change/", items.change, name="change-item"),
    path(f"{_ITEM}remove/", items.remove, name="remove-item"),
    path(f"{_ITEM}bring-back/", items.bring_back, name="bring-back-item"),
    path(f"{_ITEM}history/", items.history, name="item-history"),
    path(f"{_ITEM}ties/", ties.serves, name="item-ties"),
    path(f"{_ITEM}serving/", ties.serving, name="item-serving"),
]
