"""Measures how a roster is read and staged on the engine of DATABASE_URL and prints the figures as JSON.

python -m bench.rosters [--quick]
python -m bench.rosters --users N      one roster in a process of its own: seconds, and the most memory it held
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from django.core.management import call_command

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)
from bench.importing import most_held

HEADINGS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
)
MANIFEST = "propertyName,value\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\n"
ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nO1,,,School,school,,\n"
GOAL_SECONDS, GOAL_MB = 60, 1024


def write_roster(to: Path, users: int) -> None:
    """A packed OneRoster 1.1 file of so many learners."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("manifest.csv", MANIFEST)
        archive.writestr("orgs.csv", ORGS)
        with (
            archive.open("users.csv", "w") as raw,
            io.TextIOWrapper(raw, "utf-8", write_through=False) as table,
        ):
            table.write(HEADINGS)
            for n in range(users):
                table.write(
                    f"u-{n:08},,,true,O1,student,user{n},,Given{n},Family{n % 5000},,id{n},,,,,09,never-read-{n}\n"
                )


def staged(file: Path) -> dict[str, float]:
    """Read and stage one roster as the verb does; seconds of the clock and of CPU, rows, megabytes."""
    from throughline.rosters.importing.actions import bring_roster
    from throughline.rosters.models import StagedRow
    from throughline.schools.models import Membership

    by = Membership.objects.get()
    began, worked = time.perf_counter(), time.process_time()
    with file.open("rb") as opened:
        held = bring_roster(name=file.name, file=opened, by=by)
    found = {"clock": time.perf_counter() - began, "cpu": time.process_time() - worked}
    rows = StagedRow.objects.filter(organisation=held.organisation_id).count()
    return {**found, "rows": rows, "held": most_held(), "file": file.stat().st_size / 1024**2}


def in_a_process(users: int) -> dict[str, float]:
    """The same in a process of its own, so that what it holds is told apart."""
    command = [sys.executable, "-m", "bench.rosters", "--users", str(users)]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main() -> None:
    """Prepare an empty database with one school and measure."""
    if "--users" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "roster.zip"
            write_roster(file, int(sys.argv[-1]))
            print(json.dumps(staged(file)))
        return
    from throughline.schools.actions import create_organisation

    call_command("migrate", verbosity=0, stdout=sys.stderr)
    create_organisation(kind="school", name="Bench", lead_name="Lead", lead_email="lead@bench.example")
    sizes = (20_000,) if "--quick" in sys.argv[1:] else (50_000, 1_000_000)
    found: dict[str, Any] = {f"{size:,}": in_a_process(size) for size in sizes}
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    main()
