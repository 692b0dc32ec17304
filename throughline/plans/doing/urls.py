"""Addresses of actions."""

from django.urls import URLPattern, path

from throughline.plans.addresses import ACTION, PLAN
from throughline.plans.doing import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}actions/new/", views.new, name="new-action"),
    path(f"{PLAN}actions/quick/", views.quick, name="quick-action"),
    path(ACTION, views.action, name="action"),
    path(f"{ACTION}change/", views.change, name="change-action"),
    path(f"{ACTION}state/", views.state, name="action-state"),
    path(f"{ACTION}due/", views.due, name="action-due"),
    path(f"{ACTION}waits/", views.waits, name="action-waits"),
    path(f"{ACTION}waits/<uuid:on_id>/drop/", views.drop_wait, name="drop-wait"),
    path(f"{ACTION}move/", views.move, name="move-action"),
]
