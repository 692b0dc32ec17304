"""Every question beforehand, a question read aloud, and the preview for those who compose."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from throughline.files.models import StoredFile
from throughline.schools.models import Membership
from throughline.voices.answering.parts import MOST, parts_of
from throughline.voices.asking.background import PRESETS, in_familiar_words
from throughline.voices.models import Asked, Draft, Host, Listening, Question, Recording

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("translated")
def test_every_question_can_be_read_beforehand(families: Asked, phone: Client) -> None:
    page = phone.get(f"/v/{families.place}/questions/?in=es").content.decode()
    words = [each.words["es"]["text"] for each in Question.objects.filter(asked=families)]
    assert len(words) > 10
    assert all(text in page for text in words)
    assert "Nunca" in page or "Nada" in page or "Ninguno" in page


def test_not_while_they_may_still_change(listening: Listening, phone: Client) -> None:
    asked = Asked.objects.filter(listening=listening)[0]
    assert phone.get(f"/v/{asked.place}/questions/").status_code == 302


@pytest.mark.parametrize("many", [1, 10, 11, 25, 31])
def test_pages_hold_ten_questions_at_most_and_are_alike_in_length(many: int) -> None:
    asked = [Question(code=str(each), domain="one", position=each) for each in range(many)]
    pages = [len(part.steps) for part in parts_of(asked, block=1, background=False)]
    assert sum(pages) == many
    assert max(pages) <= MOST
    assert max(pages) - min(pages) <= 1


def test_somebody_is_asked_their_block_and_what_everybody_is_asked() -> None:
    asked = [Question(code=str(each), domain="one", block=each % 3, position=each) for each in range(9)]
    part = parts_of(asked, block=2, background=True)
    assert part[0].codes == {"0", "3", "6", "2", "5", "8"}
    assert part[1].about_you


def test_a_question_is_read_aloud_and_a_part_of_it_can_be_asked_for(
    families: Asked, phone: Client, lead: Membership
) -> None:
    question = Question.objects.filter(asked=families).earliest("position")
    kept = StoredFile.objects.create(
        organisation_id=families.organisation_id,
        name="one.mp3",
        path=_stored(b"ID3" + bytes(range(97))),
        media_type="audio/mpeg",
        size=100,
        sha256="0" * 64,
        brought_by=lead,
    )
    held = Recording.objects.create(
        organisation_id=families.organisation_id, question=question, language="es", file=kept
    )
    address = f"/v/{families.place}/read-aloud/{held.pk}/"
    assert address in phone.get(f"/v/{families.place}/questions/?in=es").content.decode()
    assert address not in phone.get(f"/v/{families.place}/questions/?in=en").content.decode()
    whole = phone.get(address)
    assert (whole.headers["Content-Type"], len(whole.content)) == ("audio/mpeg", 100)
    part = phone.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["Content-Range"] == "bytes 10-19/100"
    policy = phone.get(f"/v/{families.place}/questions/?in=es").headers["Content-Security-Policy"]
    assert "media-src 'self'" in policy


@pytest.mark.usefixtures("translated")
def test_learners_are_spoken_to_as_one_speaks_to_children_and_families_are_not(
    families: Asked, open_one: Listening, phone: Client
) -> None:
    learners = Asked.objects.get(listening=open_one, group="learner")
    for told in ("", "questions/"):
        page = phone.get(f"/v/{learners.place}/{told}?in=es")
        assert page.headers["Content-Language"] == "es-x-tu"
        assert 'lang="es-x-tu"' in page.content.decode()
        assert "usted" not in page.content.decode().lower().replace("ustedes", "")
    assert (
        "Hasta que entregues puedes borrarlo todo."
        in phone.get(f"/v/{learners.place}/?in=es").content.decode()
    )
    theirs = phone.get(f"/v/{families.place}/?in=es").content.decode()
    assert "Hasta que entregue puede borrarlo todo." in theirs and 'lang="es"' in theirs


def test_what_is_asked_of_the_person_is_said_to_learners_as_it_came_or_as_the_school_words_it() -> None:
    with translation.override("es"):
        came = str(PRESETS[2].text)
    assert in_familiar_words("belonging", "¿Está usted bien?", "es") == "¿Está usted bien?"
    assert in_familiar_words("own", came, "es") == came


def _stored(content: bytes) -> str:
    from django.core.files.storage import default_storage

    return default_storage.save("voices-test/one", ContentFile(content))


def test_composers_see_all_of_it_and_nothing_is_kept(
    listening: Listening,
    families: Asked,
    client: Client,
    lead: Membership,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(lead.person)
    here = {"school": lead.organisation.slug, "listening_id": listening.pk, "asked_id": families.pk}
    first = reverse("voices:preview", kwargs=here)
    with django_assert_max_num_queries(12):
        page = client.get(first).content.decode()
    assert "This is a preview" in page
    whole = reverse("voices:previews", args=[lead.organisation.slug, listening.pk])
    with django_assert_max_num_queries(12):
        assert f"{first}?in=es" in client.get(whole).content.decode()
    assert "<form" not in page
    part = client.get(f"{first}1/?in=es").content.decode()
    assert 'type="radio"' in part
    assert "<form" not in part
    assert "../2/?in=es" in part
    assert client.get(f"{first}99/").status_code == 404
    assert client.get(f"{first}questions/").status_code == 200
    assert "Thank you" in client.get(f"{first}done/").content.decode()
    assert Draft.objects.count() == 0


def test_a_host_previews_and_a_stranger_does_not(
    listening: Listening, families: Asked, client: Client, learner: Membership
) -> None:
    page = reverse("voices:preview", args=[learner.organisation.slug, listening.pk, families.pk])
    client.force_login(learner.person)
    assert client.get(page).status_code == 404
    Host.objects.create(organisation=learner.organisation, listening=listening, membership=learner)
    assert client.get(page).status_code == 200
