"""Private calendars in programs that others wrote: calcurse and khal (Debian), ical.js and node-ical (npm).

None of them is needed to work on the product: what is not installed is skipped, and says so. To have them:
`apt-get install calcurse khal`, and `npm install ical.js@2.2.1 node-ical@0.26.1` with the folder `node_modules` in `NODE_PATH`.
"""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from throughline.plans.calendars.ics import Dated, calendar_text

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
RUBRIC = Dated(UUID(int=1), date(2026, 3, 10), 'Write, "then" read; aloud: together', 1, AT)
ARABIC = Dated(
    UUID(int=2),
    date(2026, 3, 11),
    "اكتب معايير التقييم معًا مع جميع المعلمين في المدرسة قبل نهاية الفصل",
    1,
    AT,
)
LONG = Dated(UUID(int=3), date(2026, 3, 12), "x" * 200, 1, AT, about="One\nTwo; three, four")
BEFORE = [RUBRIC, ARABIC, LONG]
# The first moved and has another name, the second is canceled.
AFTER = [
    replace(RUBRIC, day=date(2026, 4, 1), title="Read aloud", sequence=2),
    replace(ARABIC, title="Canceled: one", sequence=2, canceled=True),
    LONG,
]
READ = """
const fs = require('fs'), text = fs.readFileSync(process.argv[2], 'utf8'), found = {};
const ICAL = require('ical.js').default || require('ical.js');
const whole = new ICAL.Component(ICAL.parse(text));
found['ical.js'] = whole.getAllSubcomponents('vevent').map((each) => {
  const e = new ICAL.Event(each);
  return [e.summary, e.startDate.toString(), e.startDate.isDate, e.sequence, each.getFirstPropertyValue('status'), e.description];
});
found['node-ical'] = Object.values(require('node-ical').sync.parseICS(text)).filter((e) => e.type === 'VEVENT').map((e) => {
  const day = [e.start.getFullYear(), e.start.getMonth() + 1, e.start.getDate()].map((n) => String(n).padStart(2, '0'));
  return [e.summary, day.join('-'), e.datetype === 'date', Number(e.sequence), e.status, e.description || null];
});
console.log(JSON.stringify(found));
"""


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def told(*words: str | Path, **more: str) -> str:
    done = subprocess.run(
        [str(each) for each in words],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb", **more},
    )
    return done.stdout


def written(place: Path, dates: list[Dated]) -> Path:
    place.write_bytes(calendar_text("Harbour, Bridge: plan", dates, zone="America/Chicago"))
    return place


def test_calcurse_shows_every_date_with_its_title(tmp_path: Path) -> None:
    calcurse = program("calcurse")
    (tmp_path / "home").mkdir()
    told(calcurse, "-q", "-D", tmp_path / "home", "-i", written(tmp_path / "plan.ics", BEFORE))
    listed = told(calcurse, "-D", tmp_path / "home", "-Q", "--from", "03/01/2026", "--days", "30")
    days = [part.split("\n") for part in listed.strip().split("\n\n")]
    assert [(day, title) for day, title in days] == [
        ("03/10/26:", f" * {RUBRIC.title}"),
        ("03/11/26:", f" * {ARABIC.title}"),
        ("03/12/26:", f" * {LONG.title}"),
    ]


def test_khal_follows_what_moved_and_what_was_canceled(tmp_path: Path) -> None:
    khal = program("khal")
    (tmp_path / "calendar").mkdir()
    words = {
        f"{kind}format": form
        for kind, form in (("time", "%H:%M"), ("date", "%Y-%m-%d"), ("longdate", "%Y-%m-%d"))
    }
    words |= {f"{kind}datetimeformat": "%Y-%m-%d %H:%M" for kind in ("", "long")}
    lines = [
        "[calendars]",
        "[[plan]]",
        f"path = {tmp_path / 'calendar'}",
        "[sqlite]",
        f"path = {tmp_path / 'db'}",
    ]
    lines += ["[locale]", *(f"{key} = {value}" for key, value in words.items())]
    (tmp_path / "config").write_text("\n".join(lines))
    shown = []
    for dates in (BEFORE, AFTER):
        told(khal, "-c", tmp_path / "config", "import", "--batch", written(tmp_path / "plan.ics", dates))
        form = ["--format", "{start-date} {status}{title}", "--day-format", ""]
        shown.append(told(khal, "-c", tmp_path / "config", "list", *form, "2026-03-01", "60d").split("\n"))
    before, after = ([line.strip() for line in lines if line.strip()] for lines in shown)
    assert before == [f"{each.day} CONFIRMED {each.title}" for each in BEFORE]
    assert after == [
        f"{ARABIC.day} CANCELLED Canceled: one",
        f"{LONG.day} CONFIRMED {LONG.title}",
        "2026-04-01 CONFIRMED Read aloud",
    ]


def test_two_readers_for_browsers_and_servers_say_the_same(tmp_path: Path) -> None:
    node = program("node")
    there = subprocess.run(
        [node, "-e", "['ical.js', 'node-ical'].map(require.resolve)"], check=False, capture_output=True
    )
    if there.returncode:
        pytest.skip("ical.js and node-ical are not in NODE_PATH")
    (tmp_path / "read.cjs").write_text(READ)
    file = written(tmp_path / "plan.ics", [RUBRIC, AFTER[1], LONG])
    found = json.loads(told(node, tmp_path / "read.cjs", file, TZ="America/Chicago"))
    assert set(found) == {"ical.js", "node-ical"}
    for events in found.values():
        assert sorted(events, key=str) == sorted(
            [
                [RUBRIC.title, "2026-03-10", True, 1, "CONFIRMED", None],
                ["Canceled: one", "2026-03-11", True, 2, "CANCELLED", None],
                [LONG.title, "2026-03-12", True, 1, "CONFIRMED", LONG.about],
            ],
            key=str,
        )
