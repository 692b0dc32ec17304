"""Who learns in the browser world: classes with and without people, and rosters that wait, ask, and were applied."""

import io
import zipfile

from throughline.rosters.importing.actions import apply_roster, bring_roster
from throughline.rosters.models import Enrollment, Guardianship, RosterFile, SchoolYear, Section, Term
from throughline.schools.models import Membership, Organisation, Role

_ORGS = "sourcedId,name,type\nO1,Harbor Bridge,school\nO2,Elsewhere,school\n"
_USERS = "sourcedId,givenName,familyName,role,orgSourcedIds,password\nu1,Nils,Berg,student,O1,x\nu2,Una,,student,O1,x\n"
_PLAIN = "id,given name,family name,role,classes\n1,Nils,Berg,learner,Weather\n2,Una,,learner,Weather\n"


def rosters_of(school: Organisation) -> dict[str, list[str]]:
    """A few of each."""
    here = {"organisation": school}
    if school.slug == "harbor-bridge" and RosterFile.objects.filter(**here).count() < 3:
        _some_rosters(school)
    found = {
        "section_id": Section.objects.filter(**here).order_by("-kind", "name")[:2],
        "year_id": SchoolYear.objects.filter(**here)[:1],
        "term_id": Term.objects.filter(**here)[:1],
        "enrollment_id": Enrollment.objects.filter(**here, until_on=None)[:1],
        "guardianship_id": Guardianship.objects.filter(**here)[:1],
        "learner_id": Membership.objects.filter(
            **here, pk__in=Guardianship.objects.filter(**here).values("learner")
        ),
        "roster_id": RosterFile.objects.filter(**here).order_by("made_at"),
    }
    return {name: [str(each.pk) for each in rows] for name, rows in found.items()}


def _some_rosters(school: Organisation) -> None:
    """Two that wait, each of somebody else: one asks which school this is. One was applied without a row."""
    lead, registrar = (
        Membership.objects.filter(organisation=school, holdings__role=role.value).earliest("joined_at")
        for role in (Role.LEAD, Role.REGISTRAR)
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("orgs.csv", _ORGS)
        archive.writestr("Users.csv", _USERS)
    waits = RosterFile.objects.filter(organisation=school, state=RosterFile.State.WAITING)
    if not waits.filter(made_by=registrar).exists():
        bring_roster(name="harbor.csv", file=io.BytesIO(_PLAIN.encode()), by=registrar)
    done = bring_roster(name="clubs.csv", file=io.BytesIO(_PLAIN.encode()), by=lead)
    apply_roster(roster=done, leave_out=True, by=lead)
    bring_roster(name="district.zip", file=packed, by=lead)
