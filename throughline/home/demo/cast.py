"""Who is in the story. All of them are invented; their addresses end in `.example`, where no letter can arrive."""

from typing import NamedTuple


class Someone(NamedTuple):
    """A person, where they belong and as what."""

    key: str
    name: str
    organisation: str
    roles: tuple[str, ...]


class Place(NamedTuple):
    """An organisation: what it is called in addresses at first, and in full."""

    key: str
    kind: str
    name: str
    full_name: str


PLACES = (
    Place("network", "network", "Estuary Network", "Estuary Network"),
    Place("district", "district", "Tidewater District", "Tidewater District"),
    Place("harbour", "school", "Harbour Bridge", "Harbour Bridge School"),
    Place("lighthouse", "school", "Lighthouse Point", "Lighthouse Point School"),
    Place("saltmarsh", "school", "Saltmarsh", "Saltmarsh Small School"),
    Place("hillcrest", "school", "Hillcrest Academy", "Hillcrest Academy"),
)
TIME_ZONE = "America/New_York"

# Whoever stands first in a place sets it up.
PEOPLE = (
    Someone("noor", "Noor Aziz", "network", ("network-staff",)),
    Someone("henrik", "Henrik Vale", "district", ("district-lead",)),
    Someone("ottilie", "Ottilie Marsh", "district", ("team",)),
    Someone("amara", "Amara Okafor", "harbour", ("lead",)),
    Someone("jonas", "Jonas Lind", "harbour", ("team", "educator")),
    Someone("mei", "Mei Tanaka", "harbour", ("team", "educator")),
    Someone("ravi", "Ravi Nair", "harbour", ("team", "educator")),
    Someone("salma", "Salma Haddad سلمى حداد", "harbour", ("learner",)),
    Someone("lucia", "Lucía Ferreira", "harbour", ("family",)),
    Someone("dorothea", "Dorothea Quist", "harbour", ("board",)),
    Someone("tomasz", "Tomasz Wrona", "harbour", ("educator",)),
    Someone("esi", "Esi Mensah", "harbour", ("registrar",)),
    Someone("beatriz", "Beatriz Costa", "harbour", ("educator",)),
    Someone("yusuf", "Yusuf Demir", "harbour", ("educator",)),
    Someone("freya", "Freya Holm", "harbour", ("educator",)),
    Someone("kofi", "Kofi Boateng", "harbour", ("learner",)),
    Someone("ada", "Ada Novak", "harbour", ("learner",)),
    Someone("lin", "Lin Wei 林薇", "harbour", ("learner",)),
    Someone("rosa", "Rosa Delgado", "harbour", ("alumnus",)),
    Someone("edda", "Edda Thorsen", "harbour", ("community",)),
    Someone("marit", "Marit Sunde", "lighthouse", ("lead",)),
    Someone("idris", "Idris Kamau", "lighthouse", ("team", "educator")),
    Someone("petra", "Petra Novotná", "lighthouse", ("team", "educator")),
    Someone("joaquin", "Joaquín Reyes", "lighthouse", ("team", "educator")),
    Someone("aiko", "Aiko Mori 森愛子", "lighthouse", ("learner",)),
    Someone("bram", "Bram Visser", "lighthouse", ("family",)),
    Someone("signe", "Signe Dahl", "saltmarsh", ("lead", "educator")),
    Someone("oumar", "Oumar Ba", "saltmarsh", ("team", "educator")),
    Someone("tilda", "Tilda Grey", "saltmarsh", ("team", "educator")),
    Someone("rafael", "Rafael Pinto", "saltmarsh", ("team", "educator")),
    Someone("hanne", "Hanne Krog", "saltmarsh", ("team", "educator")),
    Someone("viktor", "Viktor Sand", "hillcrest", ("lead",)),
    Someone("philippa", "Philippa Crane", "hillcrest", ("team",)),
    Someone("oskar", "Oskar Lund", "hillcrest", ("educator",)),
)
# Known already, and in a second place as well.
ALSO = (Someone("amara", "Amara Okafor", "district", ("team",)),)
# Invited a few days ago and not in yet.
EXPECTED = (Someone("piet", "Piet Maas", "harbour", ("educator",)),)

GROUPS = {
    "mathematics": ("subject", "Mathematics", ("ravi", "beatriz", "freya", "lin")),
    "advisory": ("classroom", "Grade 9 Advisory", ("tomasz", "yusuf", "esi", "kofi", "ada", "lin")),
    "workshop": ("team", "Workshop and Boatyard", ("tomasz", "jonas", "salma")),
}
TEAM = ("amara", "jonas", "mei", "ravi", "salma", "lucia", "dorothea", "tomasz", "esi")


def address_of(someone: Someone) -> str:
    """An address made of the first part of the name and the place."""
    return f"{someone.key}@{someone.organisation}.example"
