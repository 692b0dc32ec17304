"""Rosters as tests need them: packed tables, and the samples of other products."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"


def packed(tables: Mapping[str, str | bytes]) -> io.BytesIO:
    """A ZIP of these files."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    found.seek(0)
    return found


def sample(name: str) -> io.BytesIO:
    """One of the sample rosters, packed."""
    return packed({path.name: path.read_bytes() for path in sorted((SAMPLES / name).iterdir())})


MANIFEST = (
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"
    "file.orgs,{0}\nfile.academicSessions,{0}\nfile.classes,{0}\nfile.users,{0}\nfile.enrollments,{0}\n"
)
ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nO1,,,Harbour Bridge,school,,\n"
)
SESSIONS = (
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
    "Y1,,,2026–2027,schoolYear,2026-08-01,2027-07-31,,2027\nT1,,,Fall,term,2026-08-01,2026-12-20,Y1,2027\n"
)
CLASSES = (
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
    "termSourcedIds,subjects,subjectCodes,periods\n"
    "C1,,,Biology,,K1,,scheduled,,O1,T1,,,\nC2,,,Ada’s group,,K1,,homeroom,,O1,T1,,,\n"
)
USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    "S1,,,true,O1,student,lin,,Lin,Moreau,,,,,,G1,,sesame-Open1\n"
    "S2,,,true,O1,student,omar,,Omar,Diaz,,,,,,,,sesame-Open2\n"
    "E1,,,true,O1,teacher,tess,,Tess,Hall,,,tess@school.test,,,,,sesame-Open3\n"
    "G1,,,true,O1,guardian,pat,,Pat,Moreau,,,pat@home.test,,,,,\n"
)
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
    "N1,,,C1,O1,S1,student,,,\nN2,,,C1,O1,S2,student,,,\nN3,,,C1,O1,E1,teacher,true,,\nN4,,,C2,O1,S1,student,,,\n"
)


def roster(mode: str = "bulk", **other: str) -> io.BytesIO:
    """A clean roster; `other` replaces whole tables (an empty text leaves one out)."""
    tables = {
        "manifest": MANIFEST.format(mode),
        "orgs": ORGS,
        "academicSessions": SESSIONS,
        "classes": CLASSES,
        "users": USERS,
        "enrollments": ENROLLMENTS,
        **other,
    }
    return packed({f"{name}.csv": text for name, text in tables.items() if text})
