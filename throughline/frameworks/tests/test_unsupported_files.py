"""A file of another kind is named in one sentence that says what to do; nobody is shown its bytes."""

import bz2
import gzip
import io
import json
import sqlite3
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.crosswalks.forms import LoadLinks
from throughline.frameworks.importing.sources import read_source
from throughline.frameworks.models import FrameworkImport
from throughline.frameworks.tables.tests.test_tables import book, table
from throughline.frameworks.tests.packages import garden, raw
from throughline.schools.models import Membership
from throughline.testing import client_of


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind)
    return out.getvalue()


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        made.addfile(tarfile.TarInfo("list.csv"))
    return out.getvalue()


LINKS = "left,right\nä,b\n"
SHEET = table(["domain", "competency"], ["Soil", "Compost"])
PAGE = b"<!DOCTYPE html>\n<html lang='en'><head><title>%s</title></head><body>%s</body></html>"
SIGN_IN = PAGE % (
    b"Google Sheets: Sign-in",
    b'<form action="https://accounts.google.com/v3/signin"><input name="Email"></form>',
)
OTHERS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "only blanks": (b"\xef\xbb\xbf \r\n\t", "empty"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << >> endobj", "it is a PDF"),
    "PDF behind a mark": (b"\xef\xbb\xbf\n%PDF-1.4\n", "it is a PDF"),
    "Word": (
        archive(word__document_dot_xml=b"<w/>", **{"[Content_Types]_dot_xml": b"<T/>"}),
        "text document",
    ),
    "Writer": (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "text document"),
    "RTF": (b"{\\rtf1\\ansi Domain}", "text document"),
    "Calc": (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "of another kind"),
    "Excel binary": (
        archive(
            xl__workbook_dot_bin=b"x", **{"[Content_Types]_dot_xml": b"application/vnd.ms-excel.sheet.binary"}
        ),
        "of another kind",
    ),
    "Excel 2003": (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "of another kind",
    ),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old or protected"),
    "slides": (archive(ppt__presentation_dot_xml=b"<p/>"), "presentation"),
    "e-book": (archive(mimetype=b"application/epub+zip"), "e-book"),
    "PNG": (picture("PNG"), "picture"),
    "JPEG": (picture("JPEG"), "picture"),
    "GIF": (picture("GIF"), "picture"),
    "drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "picture"),
    "recording": (b"ID3\x03\x00\x00\x00\x00\x00\x21" + b"\x00\xff" * 90, "recording"),
    "ZIP of tables": (archive(a_dot_csv=b"x", b_dot_txt=b"y"), "holds a.csv"),
    "ZIP of nothing useful": (archive(b_dot_txt=b"y"), "compressed archive"),
    "gzip": (gzip.compress(SHEET), "compressed archive"),
    "bzip2": (bz2.compress(SHEET), "compressed archive"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x81" * 60, "compressed archive"),
    "tar": (tar(), "compressed archive"),
    "OneRoster": (
        archive(
            manifest_dot_csv=b"propertyName,value", orgs_dot_csv=b"sourcedId", users_dot_csv=b"sourcedId"
        ),
        "OneRoster",
    ),
    "OneRoster in a folder": (
        archive(export__manifest_dot_csv=b"x", export__academicSessions_dot_csv=b"x"),
        "OneRoster",
    ),
    "course": (archive(imsmanifest_dot_xml=b"<manifest/>"), "course or a test package"),
    "web page": (PAGE % (b"Standards", b"<h1>Standards</h1>"), "it is a web page"),
    "sign-in page": (SIGN_IN, "asks somebody to sign in"),
    "sign-in page as UTF-16": (SIGN_IN.decode().encode("utf-16"), "asks somebody to sign in"),
    "sign-in page in Windows letters": (SIGN_IN.replace(b"Email", b"Correo electr\xf3nico"), "sign in"),
    "table of a web page": (b"<table border=1><tr><td>Domain</td></tr></table>", "it is a web page"),
    "XML": (b"<?xml version='1.0' encoding='UTF-8'?>\n<rdf:RDF></rdf:RDF>", "an XML file"),
    "calendar": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "calendar"),
    "shortcut": (b"[InternetShortcut]\r\nURL=https://docs.google.com/x\r\n", "only a link"),
    "Drive shortcut": (b'{"":"WARNING!","doc_id":"1","resource_key":"","email":"a@b.c"}', "only a link"),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 80, "it is a program"),
    "script": (b"#!/bin/sh\necho domain,competency\n", "it is a program"),
    "UTF-32": (SHEET.decode().encode("utf-32"), "UTF-32"),
    "noise": (bytes(range(256)) * 20, "neither text"),
    "text with noise far behind": (SHEET + b"a," * 9_000 + b"\x01\x02", "neither text"),
    "OneRoster data": (json.dumps({"users": [{"sourcedId": "1"}]}).encode(), "OneRoster data"),
    "badge": (
        b'{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]}',
        "digital badge",
    ),
    "map": (b'{"type": "FeatureCollection", "features": []}', "another kind"),
    "list": (b'[{"fullStatement": "Compost"}]', "not a CASE package"),
    "one item": (b'{"identifier": "x", "fullStatement": "Compost"}', "a single item"),
    "JSON cut off": (raw(garden())[:900], "not JSON"),
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_each_kind_is_named_in_one_sentence_whatever_its_name_says(name: str, ending: str) -> None:
    content, says = OTHERS[name]
    with pytest.raises(FrameworkProblem, match=says) as caught:
        read_source(io.BytesIO(content), f"framework.{ending}")
    sentence = caught.value.sentence
    assert sentence.startswith("This ") and sentence.isprintable()
    assert not set(sentence) & set("\ufffd{}<>"), "bytes are not shown as text"


def test_a_database_is_named_too(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "list.db") as base:
        base.execute("create table skills (name text)")
    base.close()
    with pytest.raises(FrameworkProblem, match="it is a database"):
        read_source(io.BytesIO((tmp_path / "list.db").read_bytes()), "list.csv")


def test_only_the_beginning_of_a_part_is_unpacked_to_name_an_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", b"application/epub+zip" + b" " * 60_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(FrameworkProblem, match="e-book"):
            read_source(io.BytesIO(out.getvalue()), "list.csv")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "content",
    [
        SHEET,
        b"BM,domain,competency\n1,Soil,Compost\n",  # begins as a picture does
        b"GIF89a,domain,competency\n1,Soil,Compost\n",
        b"[draft] domain list,\ndomain,competency\nSoil,Compost\n",  # begins nearly as JSON does
        "domain,competency\nSoil,Compost < Mulch\n".encode("utf-16"),
        "domain;competency\nSoil;Abonera añeja\n".encode("cp1252"),
    ],
)
def test_a_table_is_a_table_whatever_it_looks_like_at_first(content: bytes) -> None:
    plan = read_source(io.BytesIO(content), "list.csv").plan
    assert plan is not None and plan.competencies[0].name.startswith(("Compost", "Abonera"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["PDF", "sign-in page", "PNG", "OneRoster", "gzip", "badge"])
def test_the_page_says_it_at_once(lead: Membership, name: str) -> None:
    content, says = OTHERS[name]
    assert_refused(lead, content, says)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["PDF", "sign-in page", "PNG", "gzip"])
def test_the_page_says_it_at_once_also_of_a_large_file(lead: Membership, name: str) -> None:
    content, says = OTHERS[name]
    assert_refused(lead, content + b"\x00 " * 600_000, says)


def assert_refused(lead: Membership, content: bytes, says: str) -> None:
    answer = client_of(lead).post(
        "/s/harbour-bridge/frameworks/import/", {"file": SimpleUploadedFile("list.csv", content)}
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert FrameworkImport.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (raw(garden()), "it is a CASE package"),
        (b'{"a": 1}', "it is JSON"),
        (book(["left", "right"], ["a", "b"]), "XLSX workbook"),
        (OTHERS["PDF"][0], "it is a PDF"),
        (OTHERS["sign-in page"][0], "sign in"),
    ],
)
def test_where_a_table_of_links_is_expected_other_files_are_named(content: bytes, says: str) -> None:
    form = LoadLinks({}, MultiValueDict({"file": [SimpleUploadedFile("links.csv", content)]}))
    assert not form.is_valid()
    assert says in str(form.errors["file"])


def test_a_table_of_links_may_be_utf_16() -> None:
    form = LoadLinks({}, MultiValueDict({"file": [SimpleUploadedFile("links.csv", LINKS.encode("utf-16"))]}))
    assert form.is_valid() and form.cleaned_data["file"] == LINKS
