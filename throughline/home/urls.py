"""Home: what waits for a person, an organisation's front page, and the demo."""

from django.urls import URLPattern, path

from throughline.home.views import demo, home

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("s/<slug:school>/", home.school, name="school"),
    path("demo/", demo.demo, name="demo"),
    path("demo/<slug:persona>/", demo.be, name="be"),
]
