"""Addresses of where an element stands, and of its editions."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.adopting.views import editions, stage

EDITION = f"{ELEMENT}editions/<int:number>/"
urlpatterns: list[URLPattern] = [
    path(f"{ELEMENT}stage/", stage.stage, name="stage"),
    path(f"{ELEMENT}stage/<slug:stage>/", stage.to_stage, name="to-stage"),
    path(f"{ELEMENT}adopt/", stage.adopt_page, name="adopt"),
    path(f"{ELEMENT}editions/", editions.editions, name="editions"),
    path(EDITION, editions.edition, name="edition"),
    path(f"{EDITION}check/", editions.check, name="edition-check"),
    path(f"{EDITION}frozen/", editions.frozen_file, name="edition-frozen"),
    path(f"{EDITION}evidence/", editions.evidence, name="edition-evidence"),
]
