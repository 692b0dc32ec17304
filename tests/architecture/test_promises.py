"""No page and no help page promises what is to come: what people read is what they can do today."""

import re

import pytest
from babel.messages.catalog import Catalog

from tests.architecture.tree import ROOT
from tools.messages import collect

PROMISES = re.compile(
    r"\b(coming soon|stay tuned|not (yet )?(implemented|supported)|"
    r"in a (later|future|coming) (version|release)|future versions?|"
    r"later this page|have (its|their) places? here|will (later|soon|one day)|(later|soon|one day) (you|it|this page) will)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "promise",
    [
        "Issuing transcripts will have its place here later.",
        "Later this page will tell you what changes.",
        "Import from other tools is coming soon.",
        "This is planned for a future version.",
    ],
)
def test_a_promise_is_found(promise: str) -> None:
    assert PROMISES.search(promise)


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return collect()


def test_no_text_of_the_product_promises_what_is_to_come(texts: Catalog) -> None:
    said = [each for message in texts if message.id for each in _forms(message.id)]
    assert len(said) > 2000
    assert [each for each in said if PROMISES.search(each)] == []


def _forms(ident: str | list[str] | tuple[str, ...]) -> list[str]:
    return [ident] if isinstance(ident, str) else list(ident)


def test_no_page_of_help_promises_what_is_to_come() -> None:
    pages = [*sorted((ROOT / "docs" / "using").glob("*.md")), ROOT / "README.md"]
    assert len(pages) > 20
    found = [
        page.name for page in pages if PROMISES.search(" ".join(page.read_text(encoding="utf-8").split()))
    ]
    assert found == []
