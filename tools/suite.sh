#!/usr/bin/env bash
# The check and the whole suite: SQLite, then PostgreSQL beside the journeys in a real browser against a real server.
set -euo pipefail
cd "$(dirname "$0")/.."
# One server of PostgreSQL for the whole run, so that its database is made while the checks run.
# Every test rolls back: seen between two of them all tables are empty, and the planner would believe that for good.
# In tables of ten rows the best order of joins costs more to find than it saves.
if [ -z "${ON_POSTGRES:-}" ]; then
  export ON_POSTGRES=1
  export POSTGRES_OPTIONS="-c autovacuum=off -c synchronous_commit=off -c jit=off -c join_collapse_limit=1"
  exec tools/postgres.sh tools/suite.sh
fi
# In memory when there is room for it: every test writes an index of its own, and nothing of it is kept.
where=/tmp
free=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1) || free=0
if [ "$free" -gt 3000000 ] && ! findmnt -no OPTIONS /dev/shm | grep -q noexec; then where=/dev/shm; fi
export DATA_DIR; DATA_DIR=$(mktemp -d "$where/dorpel-test.XXXXXX")
# What goes on beside the rest: a group of processes of its own, so that all of it ends when something fails.
beside=""
stop() {
  [ -z "$beside" ] || { kill -- "-$beside" && wait "$beside"; } 2>/dev/null || true
  rm -rf "$DATA_DIR"
}
trap stop EXIT
sqlite=(env -u DATABASE_URL)
python=.venv/bin/python
pytest=("$python" -m pytest -q)
# What is compiled is kept for the next process, also where somebody says that nothing may be written.
unset PYTHONDONTWRITEBYTECODE
export JOURNEY_PREPARED=$DATA_DIR/prepared

# What the tests stand on is made beside the checks and the suite on SQLite, which waits for the first only: who asks the
# search node before it is built waits at its door.
prepare() {
  "${sqlite[@]}" "$python" -m tests.databases
  # The demo of the journeys begins on it: the same migrations are not run a second time.
  mkdir "$JOURNEY_PREPARED"
  cp "$DATA_DIR/test.sqlite3" "$JOURNEY_PREPARED/dorpel.sqlite3"
  touch "$DATA_DIR/first"
  tools/search-node/build.sh
  "$python" -m tests.databases
  "${sqlite[@]}" "$python" -m tests.journeys.installation
}
set -m
prepare >"$DATA_DIR/prepare.log" 2>&1 &
beside=$!
set +m
"${sqlite[@]}" tools/check.sh
failed() { cat "$DATA_DIR/prepare.log"; exit 1; }
echo "== the suite on SQLite"
until [ -e "$DATA_DIR/first" ]; do kill -0 "$beside" 2>/dev/null || failed; sleep 0.2; done
"${sqlite[@]}" "${pytest[@]}" --basetemp "$DATA_DIR/pytest" -n 2 --dist worksteal -m "not journey and not house_rule"
wait "$beside" || failed
# Each worker walks through whole files on an installation of its own. One more than there are cores: a walker waits now
# and then for a page or a mail. The suite on PostgreSQL takes what they leave of the processor.
walk() {
  export DATA_DIR=$DATA_DIR/walked
  "${sqlite[@]}" "${pytest[@]}" --basetemp "$DATA_DIR/pytest" -n 3 --dist loadfile -m journey tests/journeys
}
mkdir "$DATA_DIR/walked"
set -m
walk >"$DATA_DIR/walk.log" 2>&1 </dev/null &
beside=$!
set +m
echo "== the suite on PostgreSQL, the journeys in Chromium beside it"
status=0
nice -n 5 "${pytest[@]}" --basetemp "$DATA_DIR/pytest" -n 2 --dist worksteal -m "not journey" || status=$?
wait "$beside" || status=$?
beside=""
echo "== the journeys in Chromium"
cat "$DATA_DIR/walk.log"
exit "$status"
