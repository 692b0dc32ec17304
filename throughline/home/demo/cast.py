"""Who is in the story. All of them are invented; their addresses end in `.example`, where no letter can arrive."""

from typing import NamedTuple


class Someone(NamedTuple):
    """A person, where they belong and as what."""

    key: str
    name: str
    organisation: str
    roles: tuple[str, ...]


class Place(NamedTuple):
    """An organization: what it is called in addresses at first, and in full."""

    key: str
    kind: str
    name: str
    full_name: str


PLACES = (
    Place("network", "network", "Estuary Network", "Estuary Network"),
    Place("district", "district", "Tidewater District", "Tidewater District"),
    Place("harbor", "school", "Harbor Bridge", "Harbor Bridge School"),
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
    Someone("amara", "Amara Okafor", "harbor", ("lead",)),
    Someone("jonas", "Jonas Lind", "harbor", ("team", "educator")),
    Someone("mei", "Mei Tanaka", "harbor", ("team", "educator")),
    Someone("ravi", "Ravi Nair", "harbor", ("team", "educator")),
    Someone("salma", "Salma Haddad سلمى حداد", "harbor", ("learner",)),
    Someone("lucia", "Lucía Ferreira", "harbor", ("family",)),
    Someone("dorothea", "Dorothea Quist", "harbor", ("board",)),
    Someone("tomasz", "Tomasz Wrona", "harbor", ("educator",)),
    Someone("esi", "Esi Mensah", "harbor", ("registrar",)),
    Someone("beatriz", "Beatriz Costa", "harbor", ("educator",)),
    Someone("yusuf", "Yusuf Demir", "harbor", ("educator",)),
    Someone("freya", "Freya Holm", "harbor", ("educator",)),
    Someone("kofi", "Kofi Boateng", "harbor", ("learner",)),
    Someone("ada", "Ada Novak", "harbor", ("learner",)),
    Someone("lin", "Lin Wei 林薇", "harbor", ("learner",)),
    Someone("rosa", "Rosa Delgado", "harbor", ("alumnus",)),
    Someone("edda", "Edda Thorsen", "harbor", ("community",)),
    Someone("marit", "Marit Sunde", "lighthouse", ("lead",)),
    Someone("idris", "Idris Kamau", "lighthouse", ("team", "educator")),
    Someone("petra", "Petra Novotná", "lighthouse", ("team", "educator")),
    Someone("joaquin", "Joaquín Reyes", "lighthouse", ("team", "educator")),
    Someone("aiko", "Aiko Mori 森愛子", "lighthouse", ("learner",)),
    Someone("bram", "Bram Visser", "lighthouse", ("family",)),
    Someone("signe", "Signe Dahl", "saltmarsh", ("lead", "educator")),
    Someone("oumar", "Oumar Ba", "saltmarsh", ("team", "educator")),
    Someone("tilda", "Tilda Gray", "saltmarsh", ("team", "educator")),
    Someone("rafael", "Rafael Pinto", "saltmarsh", ("team", "educator")),
    Someone("hanne", "Hanne Krog", "saltmarsh", ("team", "educator")),
    Someone("viktor", "Viktor Sand", "hillcrest", ("lead",)),
    Someone("philippa", "Philippa Crane", "hillcrest", ("team",)),
    Someone("oskar", "Oskar Lund", "hillcrest", ("educator",)),
)
# Known already, and in a second place as well.
ALSO = (Someone("amara", "Amara Okafor", "district", ("team",)),)
# Invited a few days ago and not in yet.
EXPECTED = (Someone("piet", "Piet Maas", "harbor", ("educator",)),)

GROUPS = {
    "mathematics": ("subject", "Mathematics", ("ravi", "beatriz", "freya", "lin")),
    "advisory": ("classroom", "Grade 9 Advisory", ("tomasz", "yusuf", "esi", "kofi", "ada", "lin")),
    "workshop": ("team", "Workshop and Boatyard", ("tomasz", "jonas", "salma")),
}
TEAM = ("amara", "jonas", "mei", "ravi", "salma", "lucia", "dorothea", "tomasz", "esi")


def address_of(someone: Someone) -> str:
    """An address made of the first part of the name and the place."""
    return f"{someone.key}@{someone.organisation}.example"
