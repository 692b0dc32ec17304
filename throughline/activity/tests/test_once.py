"""A form posted twice is carried out once, also when both posts arrive at the same moment."""

import threading
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import path
from django_htmx.http import HttpResponseClientRedirect

from throughline.activity.actions import record
from throughline.activity.models import Event, Receipt
from throughline.kit.verdict import Refused


def write(request: HttpRequest) -> HttpResponse:
    """Writes a line, then answers as the form asks."""
    event = record("test.written", organisation_id=None, actor_id=request.user.pk)
    answer = request.POST.get("answer", "")
    if answer == "refuse":
        raise Refused("Not today.")
    if answer == "error":
        return HttpResponse("Please correct this.", status=422)
    if answer == "draft":
        return HttpResponse(status=204)
    if answer == "htmx":
        return HttpResponseClientRedirect(f"/written/{event.pk}")
    return HttpResponseRedirect(f"/written/{event.pk}")


urlpatterns = [path("write", write)]


@pytest.fixture(autouse=True)
def _addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def signed_in() -> Callable[[], Client]:
    person = get_user_model().objects.create_user("amara@example.org", name="Amara Okafor")

    def browser() -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(person)
        return client

    return browser


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["", "htmx"])
def test_a_second_post_is_shown_the_first_ones_result(signed_in: Callable[[], Client], answer: str) -> None:
    client, form = signed_in(), {"_once": str(uuid.uuid4()), "answer": answer}
    first, second = client.post("/write", form), client.post("/write", form)
    assert Event.objects.count() == 1
    assert second.headers["Location"] == f"/written/{Event.objects.get().pk}"
    assert first.headers.get("Location", first.headers.get("HX-Redirect")) == second.headers["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "status"), [("error", 422), ("refuse", 403)])
def test_an_error_leaves_no_row_and_no_receipt(
    signed_in: Callable[[], Client], answer: str, status: int
) -> None:
    client, key = signed_in(), str(uuid.uuid4())
    assert client.post("/write", {"_once": key, "answer": answer}).status_code == status
    assert (Event.objects.count(), Receipt.objects.count()) == (0, 0)
    assert client.post("/write", {"_once": key}).status_code == 302
    assert (Event.objects.count(), Receipt.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_what_a_form_keeps_while_it_is_filled_in_is_kept_each_time_and_the_form_still_goes_through(
    signed_in: Callable[[], Client],
) -> None:
    client, key = signed_in(), str(uuid.uuid4())
    for _ in range(2):
        assert client.post("/write", {"_once": key, "answer": "draft"}).status_code == 204
    assert (Event.objects.count(), Receipt.objects.count()) == (2, 0)
    assert client.post("/write", {"_once": key}).status_code == 302


@pytest.mark.django_db
def test_one_persons_key_says_nothing_about_anothers(signed_in: Callable[[], Client]) -> None:
    form = {"_once": str(uuid.uuid4())}
    other = Client()
    other.force_login(get_user_model().objects.create_user("viktor@example.org", name="Viktor Sand"))
    assert (
        signed_in().post("/write", form).headers["Location"] != other.post("/write", form).headers["Location"]
    )
    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_a_form_without_a_key_is_carried_out_each_time(signed_in: Callable[[], Client]) -> None:
    client = signed_in()
    for key in ("", "not-a-key"):
        client.post("/write", {"_once": key})
    assert (Event.objects.count(), Receipt.objects.count()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_posts_at_the_same_moment_make_one_row(signed_in: Callable[[], Client]) -> None:
    form = {"_once": str(uuid.uuid4())}
    start = threading.Barrier(4)
    answers: list[str] = []

    def post(client: Client) -> None:
        try:
            start.wait(timeout=60)
            answers.append(client.post("/write", form).headers["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[signed_in()]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert answers == [f"/written/{Event.objects.get().pk}"] * 4
    assert Receipt.objects.count() == 1
