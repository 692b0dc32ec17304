"""The gallery, the pages for what goes wrong, the frame of every page, and light or dark."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, RequestFactory

from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of, make_member, make_school
from throughline.ui import gallery, navigation, views

PLAIN: Any = RequestFactory().get("/x/")


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.django_db
def test_the_gallery_shows_every_piece_in_both_directions_and_themes(client: Client) -> None:
    html = text(client.get("/ui/?theme=dark&dir=rtl"))
    assert 'dir="rtl" data-theme="dark"' in html
    for name in (
        "buttons",
        "fields",
        "a-refused-form",
        "menus-and-dialogs",
        "lists-tables-tabs",
        "small-things",
    ):
        assert f'id="{name}"' in html


@pytest.mark.django_db
def test_the_gallery_ignores_what_it_does_not_know(client: Client) -> None:
    html = text(client.get('/ui/?theme="><script>&dir=up&wrong=nothing&layout=../../etc'))
    assert "data-theme" not in html.split("<head>")[0] and "<script>" not in html


@pytest.mark.django_db
def test_without_the_gallery_setting_its_address_is_not_there(client: Client, settings: LazySettings) -> None:
    assert client.get("/ui/").status_code == 200
    settings.GALLERY = False
    assert client.get("/ui/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("kind", views.WRONG)
def test_each_page_for_what_goes_wrong_says_what_is_kept_and_leads_on(client: Client, kind: str) -> None:
    html = text(client.get(f"/ui/?wrong={kind}"))
    assert html.count("<h1>") == 1
    assert "still there" in html or "Nothing" in html
    assert '<a class="button primary" href="/">' in html


@pytest.mark.django_db
def test_a_sample_page_of_each_layout(client: Client) -> None:
    assert "7 of 24" in text(client.get("/ui/?layout=focus"))
    assert 'class="plain"' in text(client.get("/ui/?layout=plain"))


@pytest.mark.django_db
def test_an_unknown_address_is_kindly_refused(client: Client) -> None:
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert "We can’t find this page" in text(response)


@pytest.mark.django_db
def test_an_address_made_for_forms_says_so_to_whoever_opens_it(client: Client) -> None:
    response = client.get("/ui/theme/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "There is nothing to read here" in text(response)


def test_a_refusal_shows_its_reason() -> None:
    response = views.forbidden(PLAIN, PermissionDenied("Only a lead can close the round."))
    assert response.status_code == 403
    assert "Only a lead can close the round." in text(response)


@pytest.mark.parametrize(
    ("exception", "status", "words"),
    [
        (SuspiciousOperation("x"), 400, "We couldn’t understand that"),
        (RequestDataTooBig("x"), 413, "That was too big"),
    ],
)
def test_a_request_that_cannot_be_read(exception: Exception, status: int, words: str) -> None:
    response = views.bad_request(PLAIN, exception)
    assert response.status_code == status
    assert words in text(response)


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (views.too_large, 413, "too big"),
        (views.too_many_requests, 429, "Too many tries"),
        (views.csrf_failure, 403, "open too long"),
    ],
)
def test_other_things_that_go_wrong(view: Callable[[Any], HttpResponse], status: int, words: str) -> None:
    response = view(PLAIN)
    assert (response.status_code, words in text(response)) == (status, True)


def test_our_own_fault_is_told_without_database_or_request() -> None:
    response = views.server_error(PLAIN)  # this test may not open the database: pytest-django would fail it
    assert response.status_code == 500
    assert "Something went wrong on our side" in text(response)


def test_our_own_fault_is_told_even_when_templates_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(kind: str) -> str:
        raise RuntimeError(kind)

    monkeypatch.setattr(views, "_alone", broken)
    assert "Everything you saved before is still there" in text(views.server_error(PLAIN))


@pytest.mark.django_db
def test_light_or_dark_is_remembered_by_the_browser_and_nowhere_else(client: Client) -> None:
    answer = client.post("/ui/theme/", {"theme": "dark", "next": "/ui/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ui/")
    assert 'data-theme="dark"' in text(client.get("/ui/"))
    client.post("/ui/theme/", {"theme": "device", "next": "/ui/"})
    assert "data-theme" not in text(client.get("/ui/")).split("<head>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""]
)
def test_the_choice_of_theme_never_leads_elsewhere(client: Client, away: str) -> None:
    assert client.post("/ui/theme/", {"theme": "dark", "next": away}).headers["Location"] == "/"


@pytest.mark.django_db
def test_the_theme_is_changed_by_post_only(client: Client) -> None:
    assert client.get("/ui/theme/").status_code == 405


@pytest.mark.django_db
def test_a_stranger_is_offered_to_sign_in(client: Client) -> None:
    html = text(client.get("/ui/"))
    assert 'href="/account/login/"' in html and "/account/logout/" not in html


@pytest.mark.django_db
def test_a_member_of_one_school_sees_its_name_and_of_several_can_change(
    lead: Membership, school: Organisation
) -> None:
    client = client_of(lead)
    html = text(client.get("/ui/"))
    assert f'<a class="school" href="/s/{school.slug}/">' in html and "Switch schools" not in html
    other = make_school("Oxbow Valley")
    make_member(other, lead.name, "educator", person=lead.person)
    html = text(client.get("/ui/"))
    assert "Switch schools" in html
    for one in (school, other):
        assert f'href="/s/{one.slug}/"' in html and one.name in html
    assert '<form method="post" action="/account/logout/">' in html


@pytest.mark.django_db
def test_rooms_add_links_to_the_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", [])
    navigation.register(2, "Plan", lambda request: "/plan/")
    navigation.register(1, "Journey", lambda request: "/x/")
    navigation.register(1, "Journey", lambda request: "/x/")
    navigation.register(3, "Hidden", lambda request: None)
    assert navigation.links(PLAIN) == '<a href="/x/" aria-current="page">Journey</a><a href="/plan/">Plan</a>'
    assert navigation.links(None) == ""


def test_every_piece_on_show_is_drawn_without_a_database() -> None:
    for _name, title, html in gallery.exhibits(PLAIN):
        assert title and html
