"""The address at which Building Blocks become a framework."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.credits import views

urlpatterns: list[URLPattern] = [path(f"{ELEMENT}credits/", views.credits, name="credits")]
