"""What closing deleted does not lie in the database's files any more."""

import pytest

from tests.trust.loot import in_the_files, take_all
from throughline.schools.models import Membership
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import SPOOL, Draft, Listening
from throughline.voices.spool.tests.steps import answered, give_codes, opened, written

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_of_the_spool_is_left_in_the_files(listening: Listening, lead: Membership) -> None:
    learners = opened(listening)["learner"]
    for code in give_codes(learners, 3):
        answered(learners, code=code, words="zqwordszq")
    written(learners, words="zqunfinishedzq")
    keys = [key.hex for model in SPOOL for key in model._base_manager.values_list("pk", flat=True)]
    loot = take_all()
    assert all(in_the_files(loot, key) for key in keys) and b"zqunfinishedzq" in loot.raw

    Draft.objects.filter(handed_in=False, asked=learners).delete()
    close_listening(listening=listening, by=lead)
    listening.refresh_from_db()
    assert listening.scrubbed_at is not None
    loot = take_all()
    assert not any(in_the_files(loot, key) for key in keys)
    assert b"zqunfinishedzq" not in loot.raw and b"zqwordszq" in loot.raw
