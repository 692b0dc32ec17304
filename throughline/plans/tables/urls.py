"""Addresses of tables: the plan going out, and one coming in."""

from django.urls import URLPattern, path

from throughline.plans.addresses import TABLE, TABLES
from throughline.plans.tables import views

urlpatterns: list[URLPattern] = [
    path(TABLES, views.along, name="tables"),
    path(f"{TABLES}plan.csv", views.download, {"file": "plan.csv"}, name="plan-csv"),
    path(f"{TABLES}plan.xlsx", views.download, {"file": "plan.xlsx"}, name="plan-xlsx"),
    path(f"{TABLES}plan.zip", views.download, {"file": "plan.zip"}, name="plan-zip"),
    path(f"{TABLES}plan.pdf", views.download, {"file": "plan.pdf"}, name="plan-pdf"),
    path(TABLE, views.preview, name="table"),
    path(f"{TABLE}columns/", views.columns, name="table-columns"),
    path(f"{TABLE}into/", views.into, name="table-into"),
    path(f"{TABLE}drop/", views.drop, name="table-drop"),
]
