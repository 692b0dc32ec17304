#!/usr/bin/env bash
# ijson 3.6.0, yajl2_c (the backend of its wheels) with use_float=True: a whole number beyond 64 bits ends the reading, though it is valid JSON.
#
# Expected: `use_float` says how fractions are given; whole numbers stay what Python's own json reads (RFC 8259 sets no limit).
# Happens:  IncompleteJSONError with "integer overflow", also where nobody reads that value. The pure Python backend reads it.
# Seen:     json: 9223372036854775808
#           yajl2_c: IncompleteJSONError: parse error: integer overflow
#           python: 9223372036854775808
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install ijson==3.6.0
cat > "$here/try.py" <<'PY'
import io
import json

import ijson

TEXT = b'{"count": 9223372036854775808}'


def outcome(backend: str) -> str:
    try:
        return str(next(ijson.get_backend(backend).items(io.BytesIO(TEXT), "count", use_float=True)))
    except ijson.JSONError as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"


print("json:", json.loads(TEXT)["count"])
print("yajl2_c:", outcome("yajl2_c"))
print("python:", outcome("python"))
PY
"$here/venv/bin/python" "$here/try.py" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
json: 9223372036854775808
yajl2_c: IncompleteJSONError: parse error: integer overflow
python: 9223372036854775808
SEEN
