"""Home: what waits for a person, an organisation's front page, and the demo."""

from django.urls import URLPattern, path

from throughline.home.views import demo, guide, home, look

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("s/<slug:school>/", home.school, name="school"),
    path("help/", guide.guide, name="guide"),
    path("help/<slug:page>/", guide.guide_page, name="guide-page"),
    path("look/", look.take_look, name="look"),
    path("demo/", demo.demo, name="demo"),
    path("demo/by-link/", demo.by_link, name="demo-by-link"),
    path("demo/<slug:persona>/", demo.be, name="be"),
]
