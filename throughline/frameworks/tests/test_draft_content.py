"""A draft as plain values: from a version and back, and what still stands in the way of publishing it."""

import pytest

from throughline.frameworks.blueprint import check
from throughline.frameworks.draft_content import blueprint_of, draft_of, empty_draft, origins_of, problems_of
from throughline.frameworks.publishing.actions import load_shipped
from throughline.frameworks.stored_blueprint import stored_blueprint


@pytest.mark.django_db
def test_a_version_goes_into_a_draft_and_comes_out_the_same() -> None:
    [done] = [each for each in load_shipped() if each.version.title.startswith("Journeys")]
    plan = stored_blueprint(done.version)
    assert plan.fingerprint() == done.version.fingerprint
    content = draft_of(plan, continues=True)
    assert blueprint_of(content).fingerprint() == done.version.fingerprint
    check(blueprint_of(content))
    assert problems_of(content) == []
    assert origins_of(content) == {each.code: (each.code,) for each in plan.competencies}
    assert set(origins_of(draft_of(plan)).values()) == {()}


def test_an_empty_draft_says_what_it_needs() -> None:
    content = empty_draft("Ours", "en")
    assert problems_of(content) == [("", "A framework needs at least one competency.")]


def test_a_draft_with_other_than_four_steps_says_so_beforehand() -> None:
    content = empty_draft("Ours", "en")
    content["steps"] = content["steps"][:3]
    assert ("", "A framework needs four steps, because people rate on four. This one has 3.") in problems_of(
        content
    )
