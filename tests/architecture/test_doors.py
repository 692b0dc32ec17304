"""Every address says who may open it, and an address of an organisation names the organisation."""

from tests.routes import routes
from throughline.kit.access import Door, door_of


def test_every_address_declares_its_door() -> None:
    found = dict(routes())
    assert len(found) > 10
    assert sorted(route for route, view in found.items() if door_of(view) is None) == []


def test_members_doors_and_addresses_of_an_organisation_go_together() -> None:
    wrong = [
        route for route, view in routes() if (door_of(view) is Door.MEMBER) != ("<slug:school>" in route)
    ]
    assert wrong == []


def test_no_two_addresses_are_written_alike() -> None:
    written = [route for route, _view in routes()]
    assert sorted({route for route in written if written.count(route) > 1}) == []
