"""Addresses of the list of the five elements and of the page of one."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT, ELEMENTS
from throughline.elements.setup import views

urlpatterns: list[URLPattern] = [
    path(ELEMENTS, views.list_elements, name="list"),
    path(ELEMENT, views.element, name="element"),
]
