"""How the addresses of journeys and rounds begin."""

JOURNEYS = "s/<slug:school>/journeys/"
JOURNEY = f"{JOURNEYS}<uuid:journey_id>/"
ROUND = "s/<slug:school>/rounds/<uuid:round_id>/"
