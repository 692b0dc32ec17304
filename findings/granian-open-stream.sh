#!/bin/bash
# granian 2.8.7 (PyPI) does not stop while an answer that never ends is being sent.
#
# Expected: told to stop (SIGTERM), the server ends open answers after a while and exits.
# Happens:  it waits for them without end; nothing is said to the application either.
# Seen:     30 seconds after SIGTERM with an open stream: still running
#           with --workers-kill-timeout 3: exited
# Instead:  give --workers-kill-timeout.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check granian==2.8.7
cat > "$place/app.py" <<'PY'
import asyncio


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    while True:
        await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
        await asyncio.sleep(1)
PY
cd "$place"
try() {  # what is added to the command; prints "exited" or "still running" 30 seconds after SIGTERM
    venv/bin/granian --interface asginl --port 18231 --log-level critical "$@" app:application &
    server=$!
    for _ in $(seq 50); do curl -s -o /dev/null --max-time 1 http://127.0.0.1:18231/ || [ $? -eq 28 ] && break; sleep 0.2; done
    curl -s -N -o /dev/null http://127.0.0.1:18231/ &
    listener=$!
    sleep 2
    kill -TERM $server
    for _ in $(seq 30); do kill -0 $server 2>/dev/null || break; sleep 1; done
    if kill -0 $server 2>/dev/null; then echo "still running"; pkill -KILL -P $server || true; kill -KILL $server; else echo "exited"; fi
    kill $listener 2>/dev/null || true
    wait 2>/dev/null || true
}
plain=$(try)
timed=$(try --workers-kill-timeout 3)
echo "30 seconds after SIGTERM with an open stream: $plain"
echo "with --workers-kill-timeout 3: $timed"
[ "$plain" = "still running" ] && [ "$timed" = "exited" ]
