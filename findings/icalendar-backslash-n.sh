#!/usr/bin/env bash
# icalendar 7.3.2: a backslash before a capital N in a text becomes the end of a line when it is written; and a duration under
# an X- name is written as Python prints it.
#
# Expected: RFC 5545, 3.3.11: in a text a backslash is written `\\`; what is read back is what was given. A timedelta is written
#           as a duration (3.3.6) whatever the property is called, as it is under the name REFRESH-INTERVAL.
# Happens:  `C:\Notes` is written as `C:\notes`, which every reader takes for two lines: `C:` and `otes`. `C:\notes`, with a
#           small n, is written well. X-PUBLISHED-TTL, which many calendar programs look at, says 1:00:00.
# Seen:     SUMMARY:C:\notes
#           read back: 'C:\notes'
#           SUMMARY:C:\\notes
#           read back: 'C:\\notes'
#           REFRESH-INTERVAL: PT1H
#           X-PUBLISHED-TTL: 1:00:00
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install icalendar==7.3.2
cat > "$here/try.py" <<'PY'
from datetime import timedelta

from icalendar import Calendar, Event

for title in (r"C:\Notes", r"C:\notes"):
    event = Event()
    event.add("summary", title)
    text = event.to_ical()
    print(next(line for line in text.decode().splitlines() if line.startswith("SUMMARY")))
    print("read back:", repr(str(Event.from_ical(text)["SUMMARY"])))
frame = Calendar()
for name in ("refresh-interval", "x-published-ttl"):
    frame.add(name, timedelta(hours=1))
    line = next(line for line in frame.to_ical().decode().splitlines() if line.startswith(name.upper()))
    print(f"{name.upper()}: {line.partition(':')[2]}")
PY
"$here/venv/bin/python" "$here/try.py" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
SUMMARY:C:\notes
read back: 'C:\notes'
SUMMARY:C:\\notes
read back: 'C:\\notes'
REFRESH-INTERVAL: PT1H
X-PUBLISHED-TTL: 1:00:00
SEEN
