#!/usr/bin/env bash
# The whole suite: SQLite, then PostgreSQL, then the journeys in a real browser against a real server.
set -euo pipefail
cd "$(dirname "$0")/.."
# In memory when there is room for it: every test writes an index of its own, and nothing of it is kept.
where=/tmp
free=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1) || free=0
if [ "$free" -gt 3000000 ] && ! findmnt -no OPTIONS /dev/shm | grep -q noexec; then where=/dev/shm; fi
export DATA_DIR; DATA_DIR=$(mktemp -d "$where/dorpel-test.XXXXXX")
trap 'rm -rf "$DATA_DIR"' EXIT
pytest=(.venv/bin/python -m pytest -q --basetemp "$DATA_DIR/pytest")

echo "== the search node"
tools/search-node/build.sh
echo "== the suite on SQLite"
"${pytest[@]}" -n 2 --create-db -m "not journey"
echo "== the suite on PostgreSQL"
# Every test rolls back: seen between two of them all tables are empty, and the planner would believe that for good.
POSTGRES_OPTIONS="-c autovacuum=off" tools/postgres.sh "${pytest[@]}" -n 2 --create-db -m "not journey"
echo "== the journeys in Chromium"
# Each worker walks through whole files on an installation of its own.
"${pytest[@]}" -n 2 --dist loadfile -m journey tests/journeys
