"""Addresses of school years, classes and a learner's people."""

from django.urls import URLPattern, path

from throughline.rosters.addresses import CLASS, CLASSES, LEARNER, YEARS
from throughline.rosters.classes.views import learners, sections, years

urlpatterns: list[URLPattern] = [
    path(YEARS, years.years, name="years"),
    path(f"{YEARS}<uuid:year_id>/", years.year, name="year"),
    path(f"{YEARS}<uuid:year_id>/terms/", years.term, name="term-new"),
    path(f"{YEARS}terms/<uuid:term_id>/remove/", years.term_remove, name="term-remove"),
    path(CLASSES, sections.classes, name="classes"),
    path(f"{CLASSES}new/", sections.class_new, name="class-new"),
    path(CLASS, sections.one, name="class"),
    path(f"{CLASS}change/", sections.class_change, name="class-change"),
    path(f"{CLASS}archive/", sections.class_archive, name="class-archive"),
    path(f"{CLASS}restore/", sections.class_restore, name="class-restore"),
    path(f"{CLASSES}people/<uuid:enrollment_id>/end/", sections.end, name="enrollment-end"),
    path(LEARNER, learners.learner, name="learner"),
    path(f"{CLASSES}guardians/<uuid:guardianship_id>/end/", learners.guardian_end, name="guardian-end"),
]
