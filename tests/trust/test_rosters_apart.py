"""Every address that names a learner × whoever has no part in that learner: it does not exist, also for those who once had one."""

import pytest
from django.db import transaction

from tests.routes import doors
from tests.trust.test_walk import MEMBERS, addresses
from tests.trust.world import Realm, build_realm
from throughline.rosters.queries import learners_of
from throughline.schools.models import Membership, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

OF_A_LEARNER = [route for route in MEMBERS if "<uuid:learner_id>" in route]


def people(realm: Realm) -> dict[str, Membership]:
    """Who walks here: a guardian of another child, one who is none any more, educators, a peer, and those who lead."""
    return {
        "guardian of another": realm.members[Role.FAMILY],
        "former guardian": realm.members["former-guardian"],
        "educator of another class": realm.members[Role.EDUCATOR],
        "educator of none": make_member(realm.organisation, "Nobody’s educator", Role.EDUCATOR),
        "peer": realm.members[Role.LEARNER],
        "leadership team": realm.members[Role.TEAM],
        "board": realm.members[Role.BOARD],
        "lead": realm.members[Role.LEAD],
        "registrar": realm.members[Role.REGISTRAR],
    }


def test_a_page_about_a_learner_is_there_for_their_people_alone() -> None:
    assert OF_A_LEARNER and set(OF_A_LEARNER) <= set(doors())
    realm = build_realm("Harbour Bridge")
    first, second = realm.ids["learner_id"]
    wrong, seen = [], {}
    for who, member in people(realm).items():
        allowed = set(learners_of(seat_of(member)).values_list("pk", flat=True))
        seen[who] = allowed & {first, second}
        for learner in (first, second):
            only = Realm(realm.organisation, realm.members, {**realm.ids, "learner_id": [learner]})
            for route in OF_A_LEARNER:
                with transaction.atomic():
                    answer = client_of(member).get(next(addresses(route, only, only)))
                    transaction.set_rollback(True)
                if (answer.status_code == 404) == (learner in allowed):
                    wrong.append((who, route, answer.status_code))
    assert wrong == []
    nobody: set[object] = set()
    assert seen == {
        "guardian of another": {second},
        "former guardian": nobody,
        "educator of another class": {first},
        "educator of none": nobody,
        "peer": {first},
        "leadership team": nobody,
        "board": nobody,
        "lead": {first, second},
        "registrar": {first, second},
    }
