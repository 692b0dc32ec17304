"""What everyone reads alike is answered before anything is asked, for one second, and to nobody who could get something else."""

from typing import Any

import pytest

from throughline.kit.early import Early

HEADERS = [
    (b"content-type", b"text/html"),
    (b"etag", b'W/"one"'),
    (b"content-security-policy", b"default-src 'none'"),
]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(
    path: str = "/families/a/", method: str = "GET", query: bytes = b"", **headers: str
) -> dict[str, Any]:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"method": method, "path": path, "query_string": query, "headers": told}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def early(clock: Clock) -> Early:
    return Early(clock=clock, most=3_000)


def keep(
    early: Early, scope: dict[str, Any], body: bytes = b"page", status: int = 200, headers: Any = HEADERS
) -> None:
    key = early.key(scope)
    assert key
    early.keep(key, status, headers, body)


def answer(early: Early, scope: dict[str, Any]) -> Any:
    key = early.key(scope)
    return early.answer(key, scope) if key else None


def test_it_is_given_for_a_second_with_all_its_headers(early: Early, clock: Clock) -> None:
    keep(early, asked())
    clock.now += 0.9
    assert answer(early, asked()) == (200, HEADERS, b"page")
    clock.now += 0.2
    assert answer(early, asked()) is None and early.held == 0


def test_whoever_has_it_gets_only_its_name(early: Early) -> None:
    keep(early, asked())
    status, headers, body = answer(early, asked(if_none_match='"other", W/"one"'))
    assert (status, body) == (304, b"") and headers == [(b"etag", b'W/"one"')]
    assert answer(early, asked(if_none_match='"other"'))[0] == 200


@pytest.mark.parametrize(
    "other",
    [
        asked(cookie="sessionid=1"),
        asked(cookie="csrftoken=1; django_language=es"),
        asked(cookie="theme=dark"),
        asked(authorization="Basic x"),
        asked(range="bytes=0-1"),
        asked(method="POST"),
        asked(method="HEAD"),
        asked(query=b"in=es"),
        asked(path="/families/b/"),
        asked(accept_language="es"),
        asked(accept_encoding="gzip"),
        asked(host="elsewhere"),
        asked(x_forwarded_proto="http"),
    ],
)
def test_whoever_could_get_something_else_is_answered_anew(early: Early, other: dict[str, Any]) -> None:
    keep(early, asked())
    assert answer(early, other) is None


def test_the_cookie_of_forms_changes_nothing(early: Early) -> None:
    keep(early, asked())
    assert answer(early, asked(cookie="csrftoken=1"))[0] == 200


def test_what_is_no_page_for_all_is_not_kept(early: Early) -> None:
    keep(early, asked(), status=410)
    keep(early, asked(path="/b/"), headers=[*HEADERS, (b"set-cookie", b"a=b")])
    assert answer(early, asked()) is None and answer(early, asked(path="/b/")) is None


def test_only_so_much_is_held(early: Early) -> None:
    for number in range(9):
        keep(early, asked(f"/{number}/"), b"x" * 900)
    assert early.held <= 3_000 and len(early.kept) == 2
    assert answer(early, asked("/8/")) and answer(early, asked("/0/")) is None
    keep(early, asked("/8/"), b"x" * 100)
    assert sum(each.size for each in early.kept.values()) == early.held
