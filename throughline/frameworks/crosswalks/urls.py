from django.urls import URLPattern, path

from throughline.frameworks.crosswalks import views

_CROSSWALK = "s/<slug:school>/crosswalks/<uuid:crosswalk_id>/"
urlpatterns: list[URLPattern] = [
    path("s/<slug:school>/crosswalks/", views.crosswalks, name="crosswalks"),
    path("s/<slug:school>/crosswalks/new/", views.new, name="crosswalk-new"),
    path(_CROSSWALK, views.crosswalk, name="crosswalk"),
    path(f"{_CROSSWALK}links.csv", views.links_csv, name="crosswalk-csv"),
    path(f"{_CROSSWALK}link/", views.link, name="crosswalk-link"),
    path(f"{_CROSSWALK}load/", views.load, name="crosswalk-load"),
    path(f"{_CROSSWALK}change/", views.change, name="crosswalk-change"),
]
