"""Addresses of the list of the five elements, of the page of one, of its sections and of who takes part."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT, ELEMENTS
from throughline.elements.setup.views import beginning, outline, people

_OUTLINE = f"{ELEMENT}sections/"
_PEOPLE = f"{ELEMENT}people/"
urlpatterns: list[URLPattern] = [
    path(ELEMENTS, beginning.list_elements, name="list"),
    path(ELEMENT, beginning.element, name="element"),
    path(f"{ELEMENT}begin/", beginning.begin, name="begin"),
    path(_OUTLINE, outline.sections, name="sections"),
    path(f"{_OUTLINE}add/", outline.add, name="add-section"),
    path(f"{_OUTLINE}title/", outline.title, name="element-title"),
    path(f"{_OUTLINE}move/", outline.move, name="move-section"),
    path(f"{_OUTLINE}<slug:section>/change/", outline.change, name="change-section"),
    path(f"{_OUTLINE}<slug:section>/remove/", outline.remove, name="remove-section"),
    path(_PEOPLE, people.participants, name="participants"),
    path(f"{_PEOPLE}<uuid:participant_id>/end/", people.end, name="end-participation"),
]
