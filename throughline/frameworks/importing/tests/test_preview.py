"""What the page of an import shows before anything is published: how columns are read, what is not kept, row by row."""

import datetime
import json
import zlib
from io import BytesIO
from typing import Any

import pytest

from throughline.frameworks.importing.sources import packed, read_source, unpacked
from throughline.frameworks.importing.storage import put_beside
from throughline.frameworks.importing.tests.test_uploads import SIMPLE, send
from throughline.frameworks.models import FrameworkImport, FrameworkVersion
from throughline.frameworks.tables.tests.test_tables import book, table
from throughline.frameworks.tests.packages import garden, raw
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def test_the_page_shows_how_columns_are_read_and_lists_what_is_not_kept_before_anything_is_published(
    lead: Membership,
) -> None:
    content = table(
        ["Our list"],
        ["Domain", "Competency", "Colour", "Level"],
        ["Soil", "Compost", "brown", ""],
        ["Soil", "Mulch", "", ""],
        ["Water", "Rain", "<b>blue</b>", ""],
    )
    client = client_of(lead)
    there = send(client, content).url
    page = client.get(there).content.decode()
    assert "Please check this first" in page and "Row 2 was read as the headings" in page
    assert "Something in 3 rows will not be kept." in page
    assert page.index("will not be kept") < page.index("/publish/")
    looks = page[page.index('id="looks"') : page.index('id="rows"')]
    for words in ("Our list", "Colour: brown", "Colour: blue"):
        assert words in looks
    assert "Mulch" not in looks and "<b>" not in looks
    columns = page[page.index('id="columns"') : page.index('id="looks"')]
    assert "Headings found in row 2." in columns
    assert (
        columns.index("Domain")
        < columns.index("domain")
        < columns.index("Colour")
        < columns.index("not kept")
    )
    assert FrameworkVersion.objects.count() == 0


def test_a_file_of_which_all_is_kept_has_nothing_to_look_at(lead: Membership) -> None:
    client = client_of(lead)
    page = client.get(send(client, SIMPLE).url).content.decode()
    assert 'id="columns"' in page and 'id="looks"' not in page and "not kept" not in page


def test_many_rows_to_look_at_stand_on_pages_of_their_own(
    lead: Membership, django_assert_max_num_queries: Any
) -> None:
    rows = [["Soil", f"Skill {n}", f"hue {n}."] for n in range(450)]
    client = client_of(lead)
    there = send(client, table(["Domain", "Competency", "Colour"], *rows)).url
    with django_assert_max_num_queries(20):
        page = client.get(there).content.decode()
    assert "hue 199." in page and "hue 200." not in page and "?looking=2" in page
    assert "hue 449." in client.get(f"{there}?looking=3").content.decode()


def test_headings_alone_are_refused_at_once_and_one_that_an_older_program_kept_can_be_opened(
    lead: Membership,
) -> None:
    client = client_of(lead)
    answer = send(client, b"Identifier,Full Statement,Human Coding Scheme,Is Child Of\r\n")
    assert answer.status_code == 422 and "no rows below" in answer.content.decode()
    there = send(client, raw(garden()), "garden.json").url
    kept = FrameworkImport.objects.get()
    source = read_source(BytesIO(raw(garden())), "garden.json")
    assert source.package is not None
    source.package.root.children.clear()
    put_beside(kept.path, packed(source))
    assert client.get(there).status_code == 200
    assert client.post(f"{there}publish/").status_code == 422


def test_what_an_older_program_packed_is_still_read() -> None:
    source = read_source(BytesIO(SIMPLE), "garden.csv")
    now = packed(source)
    end = 8 + int.from_bytes(now[:8], "big")
    told = json.loads(zlib.decompress(now[8:end]))
    for key in ("columns", "at", "doubts"):
        del told[key]
    told["lines"] = [line[:4] for line in told["lines"]]
    text = zlib.compress(json.dumps(told).encode())
    old = unpacked(len(text).to_bytes(8, "big") + text)
    assert old.lines == source.lines and old.plan == source.plan and old.columns == []


def test_a_code_that_became_a_date_is_said_above_the_button_that_publishes(lead: Membership) -> None:
    content = book(["Code", "Domain", "Competency"], [datetime.date(2025, 1, 2), "Dye", "Mixes"])
    client = client_of(lead)
    page = client.get(send(client, content, "dye.xlsx").url).content.decode()
    assert page.index("We had to guess in 1 row.") < page.index("/publish/")
    assert "Code: This is a date" in page[page.index('id="looks"') :]
