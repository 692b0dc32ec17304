#!/usr/bin/env bash
# granian 2.8.7, RSGI: a header whose value holds a byte that is not ASCII has a name and no value.
#
# Expected: the value as Latin-1 or as bytes (PEP 3333 and ASGI pass such bytes on; browsers do send them in Cookie).
# Happens:  headers.keys() names the header; items(), get() and get_all() leave it out, also what was ASCII in it.
# Seen:     names: cookie, host
#           cookie: None
#           values: host
set -euo pipefail
here=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install granian==2.8.7
cat > "$here/app.py" <<'PY'
class App:
    async def __rsgi__(self, scope, protocol):
        headers = scope.headers
        said = [
            "names: " + ", ".join(sorted(headers.keys())),
            f"cookie: {headers.get('cookie')}",
            "values: " + ", ".join(sorted(name for name, _value in headers.items())),
        ]
        protocol.response_str(200, [], "\n".join(said))


app = App()
PY
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$here"
venv/bin/python -m granian --interface rsgi --host 127.0.0.1 --port "$port" --log-level error app:app &
server=$!
venv/bin/python - "$port" > seen <<'PY'
import socket
import sys
import time

for _try in range(100):
    try:
        line = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=10)
        break
    except OSError:
        time.sleep(0.1)
line.sendall("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: session=abc; name=José\r\n\r\n".encode())
print(line.recv(4096).decode().partition("\r\n\r\n")[2])
PY
cat seen
diff seen - <<'SEEN'
names: cookie, host
cookie: None
values: host
SEEN
