#!/usr/bin/env bash
# granian 2.8.7, RSGI: when the line breaks in the middle of a body, `async for chunk in protocol` simply ends.
#
# Expected: an exception (as ASGI sends `http.disconnect`), so that a form which arrived in part is never taken for a whole one.
# Happens:  the loop ends as after a whole body. Only a comparison with Content-Length tells the two apart.
# Seen:     whole: 10 of 10 bytes, no exception
#           broken: 3 of 10 bytes, no exception
set -euo pipefail
here=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install granian==2.8.7
cat > "$here/app.py" <<'PY'
import os


class App:
    async def __rsgi__(self, scope, protocol):
        got, ended = 0, "no exception"
        try:
            async for chunk in protocol:
                got += len(chunk)
        except BaseException as error:
            ended = type(error).__name__
        if scope.method == "POST":
            with open(os.environ["SEEN"], "a") as seen:
                seen.write(f"{scope.path[1:]}: {got} of {scope.headers.get('content-length')} bytes, {ended}\n")
        protocol.response_str(200, [], "ok")


app = App()
PY
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export SEEN="$here/seen"
touch "$SEEN"
cd "$here"
venv/bin/python -m granian --interface rsgi --host 127.0.0.1 --port "$port" --log-level error app:app &
server=$!
venv/bin/python - "$port" <<'PY'
import os
import socket
import sys
import time

PORT = int(sys.argv[1])


def connect() -> socket.socket:
    for _try in range(100):
        try:
            return socket.create_connection(("127.0.0.1", PORT), timeout=10)
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def send(name: str, body: bytes) -> socket.socket:
    line = connect()
    line.sendall(f"POST /{name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n".encode() + body)
    return line


def wait_for(lines: int) -> None:
    for _try in range(100):
        if open(os.environ["SEEN"]).read().count("\n") >= lines:
            return
        time.sleep(0.1)


send("whole", b"0123456789").recv(100)
wait_for(1)
line = send("broken", b"012")
time.sleep(0.5)
line.close()
wait_for(2)
PY
cat "$SEEN"
diff "$SEEN" - <<'TEXT'
whole: 10 of 10 bytes, no exception
broken: 3 of 10 bytes, no exception
TEXT
