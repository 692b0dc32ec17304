"""Results to read without a database."""

from collections.abc import Mapping
from typing import Any

from throughline.voices.figures.freezing import told
from throughline.voices.figures.reading import Result, result_of
from throughline.voices.figures.suppression import Parcel, Way, shown_of
from throughline.voices.models import Figures


def result(
    counts: Mapping[tuple[str, Way], Mapping[int, int]],
    *,
    invited: int | None = 60,
    young: bool = False,
    **question: Any,
) -> Result:
    """What is shown of these answers of groups to one question about feedback."""
    groups = list(dict.fromkeys(group for group, _way in counts))
    parcels = [
        Parcel((group,), way, sum(steps.values()), {"feedback.timely/how-often": steps})
        for (group, way), steps in counts.items()
    ]
    asked = {
        "key": "feedback.timely/how-often",
        "domain": "learning-model",
        "competency": "feedback",
        "indicator": "timely",
        "scale": "how-often",
        "words": {"en": {"text": "Does feedback come in time?"}},
        "edited": False,
        "own": False,
        **question,
    }
    return result_of(
        Figures(
            content={
                "format": 1,
                "title": "What we hear",
                "threshold": 10,
                "opened": "",
                "closed": "2026-03-02T10:00:00+00:00",
                "background": [],
                "groups": [
                    {"code": group, "young": young, "invited": invited, "by_code": True} for group in groups
                ],
                "questions": [
                    {"group": group, "code": f"feedback.timely.{group}", **asked} for group in groups
                ],
                **told(shown_of(parcels, cuts=[], threshold=10)),
            }
        )
    )
