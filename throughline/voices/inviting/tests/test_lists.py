"""Reading a list of addresses, without a database."""

import io

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from throughline.voices.inviting.lists import Kind, Line, language_words, read, text_in

WORDS = language_words(["en", "es"])


def lines(text: str) -> list[Line]:
    return read(text, words=WORDS, usual="en")


@pytest.mark.parametrize(
    ("text", "email", "language"),
    [
        ("ana@families.test", "ana@families.test", "en"),
        ("  ANA@Families.test ", "ana@families.test", "en"),
        ("Ana Ruiz <ana@families.test>", "ana@families.test", "en"),
        ("Ruiz, Ana, 6b, ana@families.test, es", "ana@families.test", "es"),
        ("ana@families.test;Español", "ana@families.test", "es"),
        ("inglés\tana@families.test", "ana@families.test", "en"),
        ("ana@families.test, French", "ana@families.test", "en"),
        ("ana@families.test, ana@families.test", "ana@families.test", "en"),
    ],
)
def test_a_line_holds_an_address_and_perhaps_a_language(text: str, email: str, language: str) -> None:
    [line] = lines(text)
    assert (line.kind, line.email, line.language) == (Kind.FINE, email, language)


@pytest.mark.parametrize(
    "text", ["ana", "ana@", "@families.test", "a@b, c@d.test", "ana@families", "x" * 300 + "@families.test"]
)
def test_what_is_no_address_is_said(text: str) -> None:
    [line] = lines(text)
    assert line.kind == Kind.WRONG and line.said and not line.email


def test_an_address_that_stands_there_twice_gets_one_letter_and_headings_none() -> None:
    told = lines("Name;E-mail\r\n\nAna;ana@families.test\nBen;ben@families.test\nAna;Ana@families.test")
    assert [(each.number, each.kind) for each in told] == [
        (1, Kind.HEADING),
        (3, Kind.FINE),
        (4, Kind.FINE),
        (5, Kind.DOUBLED),
    ]
    assert "3" in told[3].said


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for line in lines(text):
        assert line.kind == Kind.FINE or line.said
        assert bool(line.language) == (line.kind == Kind.FINE)


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    book.create_sheet("Later")
    sheet = book.worksheets[1]
    for row in rows:
        sheet.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        workbook(
            ("Child", "Mail", "Language"),
            ("Kim", "kim@families.test", "Spanish"),
            ("", "lee@families.test", ""),
        ),
        b"Child;Mail;Language\nKim;kim@families.test;Spanish\n;lee@families.test;\n",
        "\ufeffChild,Mail,Language\r\nKim,kim@families.test,Spanish\r\n,lee@families.test,".encode(),
    ],
    ids=["xlsx", "semicolons", "commas"],
)
def test_of_a_file_addresses_and_languages_are_taken_and_no_names(raw: bytes) -> None:
    text = text_in(raw, WORDS)
    assert "Kim" not in text
    assert [(each.email, each.language) for each in lines(text)] == [
        ("", ""),
        ("kim@families.test", "es"),
        ("lee@families.test", "en"),
    ]


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04broken", b"%PDF-1.7\x00\x01\x02", b"\xd0\xcf\x11\xe0\x00\x01", b"a@b.test\n" * 200_000],
    ids=["no workbook", "PDF", "old Office", "too large"],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        text_in(raw, WORDS)
    assert "framework" not in str(refused.value).lower()
