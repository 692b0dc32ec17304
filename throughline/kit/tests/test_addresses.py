"""An address that a browser hands back never leads people elsewhere."""

import pytest

from throughline.kit.addresses import local_path


@pytest.mark.parametrize("ours", ["/", "/s/lindenhof/", "/s/lindenhof/records/?on=2026-11-29#top"])
def test_a_path_of_ours_is_followed(ours: str) -> None:
    assert local_path(ours) == ours


@pytest.mark.parametrize(
    "theirs",
    [
        "",
        "s/lindenhof/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example/",
        "https://elsewhere.example/",
        "javascript:alert(1)",
        " //elsewhere.example/",
    ],
)
def test_anything_else_is_not(theirs: str) -> None:
    assert local_path(theirs) == ""
