"""Who learns at the demo school: a year, classes and advisory groups, guardians, and a roster that waits for its registrar.

The roster comes from an invented system and is as such files are: a guardian that nobody knows, a class without a target.
"""

import io
import zipfile
from datetime import date

from throughline.home.demo.building import Building
from throughline.rosters.classes.actions.guardians import add_guardian
from throughline.rosters.classes.actions.sections import add_section, end_enrollment, enroll
from throughline.rosters.classes.actions.years import add_term, add_year
from throughline.rosters.importing.actions import bring_roster
from throughline.rosters.models import Section

# Kind, name, educators, learners.
SECTIONS = (
    ("class", "The Bay as a Laboratory", ("jonas",), ("salma", "kofi", "ada")),
    ("class", "Numbers at Work", ("ravi", "beatriz"), ("kofi", "ada", "lin")),
    ("class", "Boats and Bodies", ("tomasz", "freya"), ("salma", "lin")),
    ("advisory", "Ferry Landing", ("tomasz",), ("kofi", "ada", "lin")),
    ("advisory", "Tide Clock", ("yusuf",), ("salma",)),
)
GUARDIANS = (("lucia", "ada"),)

_USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,famliyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password,ext_busRoute\n"
    "L-101,,,true,HB,student,,,Imani,Osei,,,,,,G-201,09,,4\nL-102,,,true,HB,student,,,Mateo,Ruiz,,,,,,G-202,09,,4\n"
    "L-103,,,true,HB,student,,,Sanna,Lehto,,,,,,G-209,09,,2\nL-104,,,true,HB,student,,,Theo,,,,,,,,09,,2\n"
    "L-105,,,true,HB,student,,,Aroha,Ngata,,,,,,,09,,7\nG-201,,,true,HB,guardian,,,Efua,Osei,,,efua.osei@home.example,,,,,,\n"
    "G-202,,,true,HB,parent,,,Elena,Ruiz,,,elena.ruiz@home.example,,,,,,\n"
    "E-301,,,true,HB,teacher,,,Nuria,Camps,,,nuria.camps@harbor.example,,,,,,\n"
    "A-401,,,true,HB,principal,,,Pia,Holt,,,pia.holt@harbor.example,,,,,,\n"
)
_TABLES = {
    "manifest.csv": (
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.academicSessions,bulk\n"
        "file.classes,bulk\nfile.users,bulk\nfile.enrollments,bulk\nfile.demographics,bulk\n"
    ),
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nHB,,,Harbor Bridge School,school,,\n",
    "Users.CSV": _USERS,
    "classes.csv": (
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
        "termSourcedIds,subjects,subjectCodes,periods\nC-1,,,Maps of the Sound,,K,,scheduled,,HB,T-2,,,\n"
        "C-2,,,Night Watch,,K,,homeroom,,HB,T-2,,,\n"
    ),
    "enrollments.csv": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
        "N-1,,,C-1,HB,L-101,student,,,\nN-2,,,C-1,HB,L-102,student,,,\nN-3,,,C-1,HB,L-103,student,,,\n"
        "N-4,,,C-1,HB,E-301,teacher,,,\nN-5,,,C-2,HB,L-101,student,,,\nN-6,,,C-2,HB,L-105,student,,,\n"
        "N-7,,,C-9,HB,L-105,student,,,\nN-8,,,C-2,HB,L-199,student,,,\n"
    ),
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex\nL-101,,,2011-04-02,\n",
}


def happen(built: Building) -> None:
    """The registrar keeps the rosters since the school year began; yesterday the system’s new file came."""
    esi = built.seats["esi"].membership
    start = _start_of_year(built.on(0))
    with built.standing(-110):
        year = add_year(
            name=f"{start.year}–{start.year + 1}",
            starts_on=start,
            ends_on=date(start.year + 1, 7, 31),
            by=esi,
        )
        for name, begins, ends in (
            ("Fall", start, date(start.year, 12, 31)),
            ("Spring", date(start.year + 1, 1, 1), date(start.year + 1, 7, 31)),
        ):
            add_term(year=year, name=name, starts_on=begins, ends_on=ends, by=esi)
        made = {name: add_section(kind=kind, name=name, year=year, by=esi) for kind, name, *_who in SECTIONS}
        for _kind, name, educators, learners in SECTIONS:
            _fill(built, made[name], educators, learners)
        for guardian, learner in GUARDIANS:
            add_guardian(
                learner=built.seats[learner].membership, guardian=built.seats[guardian].membership, by=esi
            )
    _in_mid_year(built, made["The Bay as a Laboratory"])
    with built.standing(-1):
        bring_roster(name="harbor-bridge-oneroster.zip", file=_packed(), by=esi)


def _start_of_year(today: date) -> date:
    return date(today.year if today.month >= 8 else today.year - 1, 8, 1)


def _fill(built: Building, section: Section, educators: tuple[str, ...], learners: tuple[str, ...]) -> None:
    esi = built.seats["esi"].membership
    for part, keys in (("educator", educators), ("learner", learners)):
        members = [built.seats[key].membership for key in keys]
        enroll(section=section, members=members, part=part, from_on=built.on(-110), by=esi)


def _in_mid_year(built: Building, section: Section) -> None:
    """A learner went to another class and another came."""
    esi = built.seats["esi"].membership
    left = section.enrollments.get(member=built.seats["kofi"].membership)
    with built.standing(-40):
        end_enrollment(enrollment=left, until_on=built.on(-40), by=esi)
        enroll(section=section, members=[built.seats["lin"].membership], from_on=built.on(-40), by=esi)


def _packed() -> io.BytesIO:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _TABLES.items():
            archive.writestr(name, text)
    return found
