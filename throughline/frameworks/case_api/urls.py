"""Addresses at which other software reads public frameworks."""

from django.urls import URLPattern, path

from throughline.frameworks.case_api.views import case_documents, case_one

urlpatterns: list[URLPattern] = [
    path("ims/case/<str:binding>/CFDocuments", case_documents, name="case-documents"),
    path("ims/case/<str:binding>/<str:collection>/<str:identifier>", case_one, name="case-one"),
]
