"""Reading rosters: the samples of other products, every kind of dirt, and any bytes at all."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from throughline.rosters.importing.reading.told import About, Row, Unreadable
from throughline.rosters.importing.reading.whole import read_roster
from throughline.rosters.importing.tests.packing import CLASSES, USERS, packed, roster, sample
from throughline.rosters.importing.words import EVERY


def read(file: io.BytesIO, *, demographics: bool = False) -> tuple[list[Row], About]:
    about = About()
    return list(read_roster(file, "roster.csv", about, demographics=demographics)), about


def noted(about: About) -> set[tuple[str, str, str]]:
    return {(file, remark.code, remark.column) for file, _line, remark in about.notes}


def faults(rows: list[Row]) -> list[tuple[str, int, str, str]]:
    return [(row.table, row.line, each.code, each.column) for row in rows for each in row.remarks]


def why(file: io.BytesIO) -> str:
    with pytest.raises(Unreadable) as refused:
        read(file)
    return refused.value.code


def test_the_sample_of_old_names_and_vendor_columns() -> None:
    rows, about = read(sample("v1p1-base"))
    assert about.counts == {"orgs": 2, "academicSessions": 0, "classes": 3, "users": 2, "enrollments": 3}
    assert about.left_out == ["courses.csv", "demographics.csv"]
    assert noted(about) == {
        ("orgs.csv", "columns-dropped", ""),
        ("classes.csv", "columns-dropped", ""),
        ("users.csv", "columns-dropped", ""),
        ("users.csv", "password-dropped", "ext_imagineLearning_studentPassword"),
        ("users.csv", "heading-guessed", "agents"),
        ("demographics.csv", "demographics-off", ""),
    }
    assert faults(rows) == []


def test_the_clean_sample_of_1_1() -> None:
    rows, about = read(sample("v1p1-moodle-minimal"))
    assert about.counts == {"orgs": 1, "academicSessions": 5, "classes": 2, "users": 6, "enrollments": 6}
    assert set(about.modes.values()) == {"bulk"}
    assert noted(about) == {("users.csv", "password-dropped", "password")}
    assert faults(rows) == []


def test_the_sample_of_1_2_with_roles() -> None:
    rows, about = read(sample("v1p2-moodle-roles"))
    assert about.counts == dict.fromkeys(
        ("orgs", "academicSessions", "classes", "users", "roles", "enrollments"), 1
    )
    assert set(about.modes.values()) == {"delta"}
    assert about.left_out == ["courses.csv", "userProfiles.csv", "demographics.csv"]
    assert noted(about) == {
        ("users.csv", "password-dropped", "password"),
        ("demographics.csv", "demographics-off", ""),
    }
    rows, about = read(sample("v1p2-moodle-roles"), demographics=True)
    assert [row.told for row in rows if row.table == "demographics"] == [{"status": "active"}]


def test_no_password_is_ever_in_a_row_or_a_note() -> None:
    for file in (roster(), sample("v1p1-moodle-minimal"), sample("v1p2-moodle-roles")):
        rows, about = read(file)
        said = repr((rows, about))
        assert not any(word in said for word in ("sesame", "Password1-", "Batman"))


@pytest.mark.parametrize(
    "heading",
    ["password", "Password", "PASSWORD ", "passwrod", "pasword", "pass_word", "pwd", "student Password"],
)
def test_a_column_of_passwords_is_not_read_however_it_is_called(heading: str) -> None:
    rows, about = read(roster(users=USERS.replace(",password\n", f",{heading}\n", 1)))
    assert "sesame" not in repr(rows)
    assert ("users.csv", "password-dropped", heading.strip()) in noted(about)


def test_names_of_files_and_headings_in_the_wrong_case_are_read_and_said() -> None:
    file = packed(
        {"export/Users.CSV": USERS.replace("givenName", "GivenName").replace("familyName", "famliyName")}
    )
    rows, about = read(file)
    assert [row.told["familyName"] for row in rows][:2] == ["Moreau", "Diaz"]
    assert noted(about) >= {
        ("Users.CSV", "file-name", ""),
        ("Users.CSV", "heading-case", "GivenName"),
        ("Users.CSV", "heading-guessed", "famliyName"),
        ("manifest.csv", "manifest-missing", ""),
    }


def test_ragged_rows_say_so_and_too_many_cells_keep_a_row_out() -> None:
    ragged = CLASSES.replace("homeroom,,O1,T1,,,\n", "homeroom,,O1,T1\n")
    rows, _about = read(roster(classes=ragged))
    assert faults(rows) == [("classes", 3, "cells-too-few", "")]
    ragged = CLASSES.replace("K1,,scheduled,,O1,T1,,,", "K1,,scheduled,,O1,T1,,,,more")
    rows, _about = read(roster(classes=ragged))
    assert ("classes", 2, "cells-too-many", "") in faults(rows)


def test_what_a_manifest_says_wrongly_is_said() -> None:
    manifest = (
        "propertyName,value\noneroster.version,1.1\nfile.users,absent\nfile.classes,bulk\nfile.orgs,whole\n"
        "file.enrollments,bulk\n"
    )
    _rows, about = read(roster(manifest=manifest, enrollments="", roles="sourcedId,userSourcedId,role\n"))
    codes = {remark.code for _file, _line, remark in about.notes}
    assert codes >= {"absent-but-there", "there-but-absent", "mode-unknown", "version-contradicts"}
    assert about.modes == {
        "orgs": "delta", "academicSessions": "delta", "classes": "bulk", "users": "delta", "roles": "delta",
    }  # fmt: skip


def test_a_formula_in_a_name_keeps_the_row_out() -> None:
    rows, _about = read(roster(users=USERS.replace("Lin,Moreau", "=1+1,@SUM(A1)")))
    assert [fault for fault in faults(rows) if fault[0] == "users"] == [
        ("users", 2, "formula", "givenName"),
        ("users", 2, "formula", "familyName"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_ends_are_read(encoding: str, ends: str) -> None:
    users = USERS.replace("Lin", "Élodie").replace("\n", ends).encode(encoding)
    rows, about = read(packed({"users.csv": users}))
    assert rows[0].told["givenName"] == "Élodie"
    assert len(rows) == 4
    assert (("users.csv", "not-unicode", "") in noted(about)) == (encoding == "cp1252")


def test_semicolons_and_nul_are_taken() -> None:
    rows, _about = read(packed({"users.csv": USERS.replace(",", ";").replace("Lin", "L\x00in")}))
    assert rows[0].told["givenName"] == "Lin"


def test_a_quotation_mark_left_open_ends_the_file_and_says_where() -> None:
    rows, about = read(roster(users=USERS.replace("Omar", '"Omar') + "x" * 300_000))
    assert [row.key for row in rows if row.table == "users"] == ["S1"]
    assert any(remark.code == "broken-quotes" and line for _file, line, remark in about.notes)


def test_bombs_paths_and_other_archives_are_refused_kindly() -> None:
    assert why(io.BytesIO(b"")) == "empty"
    assert why(packed({"users.csv": b"0" * 60_000_000})) == "bomb"
    assert why(packed({"../users.csv": USERS})) == "unsafe-name"
    assert why(packed({"/etc/users.csv": USERS})) == "unsafe-name"
    assert why(packed({"a.pdf": b"%PDF"})) == "no-tables"
    assert why(packed({f"{number}.csv": "a" for number in range(300)})) == "too-many-parts"
    assert why(io.BytesIO(roster().getvalue()[:-200])) == "damaged"
    broken = bytearray(roster().getvalue())
    broken[300:340] = bytes(40)
    assert why(io.BytesIO(bytes(broken))) == "damaged"


def test_more_than_fifty_megabytes_is_said_before_anything_is_read() -> None:
    class Huge(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return 60 * 1024 * 1024 if whence == 2 else super().seek(offset, whence)

    assert why(Huge(b"a")) == "too-large"


def plain(text: str) -> tuple[list[Row], About]:
    return read(io.BytesIO(text.encode()))


def test_a_table_of_ones_own_becomes_the_same_rows() -> None:
    rows, about = plain(
        "School list,,,,,,\nStudent ID,First name,Last Name,Rol,Clase,Homeroom,Parent of\n"
        "1,Lin,Moreau,Student,Biology; Art,Ada,\n2,Tess,Hall,teacher,Biology,,\n3,Pat,Moreau,parent,,,1\n"
    )
    assert about.kind == "plain" and about.counts == {"users": 3}
    assert [(row.table, row.key) for row in rows] == [
        ("users", "1"),
        ("classes", "scheduled:biology"),
        ("enrollments", "1@scheduled:biology"),
        ("classes", "scheduled:art"),
        ("enrollments", "1@scheduled:art"),
        ("classes", "homeroom:ada"),
        ("enrollments", "1@homeroom:ada"),
        ("users", "2"),
        ("enrollments", "2@scheduled:biology"),
        ("users", "3"),
    ]
    assert rows[-1].told["agentSourcedIds"] == "1"


def test_a_table_without_what_is_needed_says_what() -> None:
    with pytest.raises(Unreadable) as refused:
        plain("id,first name\n1,Lin\n")
    assert refused.value.values["names"] == "family name, role"
    with pytest.raises(Unreadable):
        plain("hello\n")


def book(*rows: list[object]) -> io.BytesIO:
    made, found = Workbook(), io.BytesIO()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(found)
    found.seek(0)
    return found


def test_a_workbook_is_read_and_its_formulas_are_said() -> None:
    rows, _about = read(
        book(
            [],
            ["id", "given name", "family name", "role", "password"],
            [1.0, "Lin", "Moreau", "learner", "sesame"],
            [2, "=1+1", "Diaz", "learner", None],
        )
    )
    assert [(row.key, row.line) for row in rows] == [("1", 3), ("2", 4)]
    assert "sesame" not in repr(rows)
    assert faults(rows) == [("users", 4, "formula", "given name")]


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    _read_or_refused(io.BytesIO(content))


@given(
    st.dictionaries(
        st.sampled_from(
            ["users.csv", "Classes.CSV", "manifest.csv", "roles.csv", "x.csv", "enrollments.csv"]
        ),
        st.binary(max_size=400) | st.text(max_size=400).map(str.encode),
        min_size=1,
    ),
    st.binary(max_size=6),
    st.integers(0, 2_000),
)
def test_any_tables_packed_are_read_or_refused(tables: dict[str, bytes], noise: bytes, at: int) -> None:
    headed = {
        name: (USERS.encode().partition(b"\n")[0] + b"\n" + content if name == "users.csv" else content)
        for name, content in tables.items()
    }
    _read_or_refused(packed(headed))
    damaged = bytearray(packed(headed).getvalue())
    damaged[at : at + len(noise)] = noise
    _read_or_refused(io.BytesIO(bytes(damaged)))


@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=12))
def test_any_table_of_ones_own_is_read_or_refused(rows: list[list[str]]) -> None:
    text = "id,given name,family name,role,classes\n" + "\n".join(",".join(row) for row in rows)
    _read_or_refused(io.BytesIO(text.encode("utf-8", "ignore")))


def _read_or_refused(file: io.BytesIO) -> None:
    try:
        rows, about = read(file)
    except Unreadable as refused:
        assert refused.code in EVERY
        return
    codes = {each.code for row in rows for each in row.remarks} | {each.code for _f, _l, each in about.notes}
    assert codes <= set(EVERY)


def test_a_packed_table_of_ones_own_is_read_too() -> None:
    rows, about = read(packed({"list.csv": "id,given name,family name,role\n1,Lin,Moreau,learner\n"}))
    assert about.kind == "plain" and [row.key for row in rows] == ["1"]
    assert zipfile.is_zipfile(packed({"a": "b"}))
