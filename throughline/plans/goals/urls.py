"""Addresses of the plan as a whole and of its goals."""

from django.urls import URLPattern, path

from throughline.plans.addresses import GOAL, PLAN
from throughline.plans.goals import views

urlpatterns: list[URLPattern] = [
    path(PLAN, views.plan, name="plan"),
    path(f"{PLAN}goals/new/", views.new, name="new-goal"),
    path(GOAL, views.goal, name="goal"),
    path(f"{GOAL}change/", views.change, name="change-goal"),
    path(f"{GOAL}state/", views.state, name="goal-state"),
    path(f"{GOAL}move/", views.move, name="move-goal"),
]
