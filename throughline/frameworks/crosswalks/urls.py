from django.urls import URLPattern, URLResolver, path

from throughline.frameworks.crosswalks import views as crosswalks

_CROSSWALK = "s/<slug:school>/crosswalks/<uuid:crosswalk_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<slug:school>/crosswalks/", crosswalks.crosswalks, name="crosswalks"),
    path("s/<slug:school>/crosswalks/new/", crosswalks.new, name="crosswalk-new"),
    path(_CROSSWALK, crosswalks.crosswalk, name="crosswalk"),
    path(f"{_CROSSWALK}links.csv", crosswalks.links_csv, name="crosswalk-csv"),
    path(f"{_CROSSWALK}link/", crosswalks.link, name="crosswalk-link"),
    path(f"{_CROSSWALK}load/", crosswalks.load, name="crosswalk-load"),
    path(f"{_CROSSWALK}change/", crosswalks.change, name="crosswalk-change"),
]
