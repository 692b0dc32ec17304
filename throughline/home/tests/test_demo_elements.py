"""The elements of the demo school: what their files tell fits together."""

import pytest

from throughline.home.demo.elements import texts


@pytest.mark.parametrize("kind", texts.KINDS)
def test_every_change_is_found_once_in_the_text_as_it_ended(kind: str) -> None:
    told, sections = texts.told_of(kind), texts.sections_of(kind)
    whole = "\n".join(sections.values())
    changes = [change for each in told["sittings"] for change in each.get("changes", ())]
    assert [now for now, _before in changes if whole.count(now) != 1] == []
    begun = [key for each in told["sittings"] for key in each.get("writes", ())]
    assert sorted(begun) == sorted(sections)
    days = [each["day"] for each in told["sittings"]]
    assert days == sorted(days) and told["begun"] <= days[0]
