"""Addresses of the plan's log and its reviews."""

from django.urls import URLPattern, path

from throughline.plans.addresses import PLAN, REVIEW
from throughline.plans.reviewing import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}log/", views.log, name="log"),
    path(f"{PLAN}log/lines/", views.line, name="write-line"),
    path(f"{PLAN}reviews/new/", views.new, name="new-review"),
    path(REVIEW, views.review, name="review"),
    path(f"{REVIEW}remarks/", views.remark, name="remark"),
    path(f"{REVIEW}close/", views.close, name="close-review"),
    path(f"{REVIEW}file/", views.frozen_file, name="review-file"),
]
