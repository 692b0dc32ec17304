"""What is too large, broken or hostile: a sentence, and never more memory or time than a process apart may take."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from throughline.elements.writing import incoming
from throughline.elements.writing.schema import plain_text
from throughline.elements.writing.tests.word_files import NAMESPACES, p, word_file, zipped


def refused(read: object, content: object) -> str:
    with pytest.raises(ValidationError) as error:
        read(content)  # type: ignore[operator]
    return str(error.value.messages[0])


def test_five_megabytes_of_word_html_are_read() -> None:
    row = "<p class=MsoNormal style='margin-bottom:8.0pt;line-height:107%;font-family:\"Times New Roman\",serif'><span lang=EN-US style='font-size:12.0pt;mso-fareast-language:EN-US'>A sentence of a long report.</span><span style='mso-spacerun:yes;mso-ansi-language:EN-US;mso-bidi-language:AR-SA;letter-spacing:.05pt;font-size:12.0pt;line-height:107%;font-family:\"Times New Roman\",serif;mso-fareast-font-family:\"Times New Roman\";color:black;mso-themecolor:text1'> And another one.<o:p></o:p></span></p>\n"
    text = f"<html><body>{row * (4_700_000 // len(row))}</body></html>"
    read = incoming.from_html(text[: incoming.MOST])
    assert len(read.document["content"]) > 7_000


def test_more_than_that_is_refused_before_it_is_read() -> None:
    assert "5 MB" in refused(incoming.from_html, "x" * (incoming.MOST + 1))


def test_a_page_that_nests_without_end_is_refused() -> None:
    assert "nests" in refused(incoming.from_html, "<div>" * 50_000 + "deep")


def test_scripts_styles_and_drawings_leave_nothing_behind() -> None:
    read = incoming.from_html(
        "<style>p{}</style><p onclick=x()>One<script>alert(1)</script></p>"
        "<svg onload=alert(1)><script>alert(2)</script><text>drawn</text></svg>"
        '<p><a href="java\tscript:alert(1)">two</a> <img src="data:image/svg+xml;base64,PHN2Zz4=" alt="x">'
        '<img src="https://example.org/pixel.gif" width=1></p><iframe src="https://example.org"></iframe>\x00'
    )
    assert plain_text(read.document) == "One\ntwo"
    assert any("https://example.org/pixel.gif" in each for each in read.lost)
    assert len(read.lost) == 5


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)
    assert "unpacks" in refused(incoming.from_docx, kept.getvalue())


def test_entities_are_not_read() -> None:
    head = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = f"{head}<w:document {NAMESPACES}><w:body>{p('&b;&f;')}</w:body></w:document>"
    assert "damaged" in refused(incoming.from_docx, zipped({"word/document.xml": body}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a Word file"),
        (b"PK\x03\x04 and no more", "not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Word file"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "not a Word file"),
        (zipped({"word/document.xml": "<w:document"}), "damaged"),
        (word_file(p("x"))[:-400], "not a Word file"),
    ],
)
def test_what_is_no_word_file_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    assert said in refused(incoming.from_docx, content)


def test_tables_in_tables_without_end_become_a_text_or_a_sentence() -> None:
    inner = p("deep")
    for _level in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}{p('')}</w:tc></w:tr></w:tbl>"
    try:
        assert "deep" in plain_text(incoming.from_docx(word_file(inner)).document)
    except ValidationError as error:
        assert error.messages[0].endswith(".")


def test_a_document_of_hundreds_of_pages_is_read_as_a_whole_or_refused() -> None:
    sentence = "What a learner can do counts, wherever it was learned. " * 4
    body = "".join(p(f"{number} {sentence}") for number in range(3_000))
    read = incoming.from_docx(word_file(body))
    assert len(read.document["content"]) == 3_000
    with pytest.raises(ValidationError, match="longer than about 400 pages"):
        incoming.from_docx(word_file("".join(p(f"{number} {sentence}") for number in range(6_000))))


def test_strange_characters_are_left_out_and_all_others_kept() -> None:
    read = incoming.from_markdown("a\x00b \x07c 😀 \u2028漢字\n\n\ud83d".encode("utf-8", "surrogatepass"))
    assert plain_text(read.document).split("\n")[0] == "ab c 😀 漢字"
