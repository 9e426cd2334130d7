#!/usr/bin/env bash
# The long proof: 300 kills, thousands of random histories, every outsider at every address. On SQLite, then PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
where=/tmp
if [ -w /dev/shm ] && ! findmnt -no OPTIONS /dev/shm | grep -q noexec; then where=/dev/shm; fi
export DATA_DIR; DATA_DIR=$(mktemp -d "$where/dorpel-faults.XXXXXX")
trap 'rm -rf "$DATA_DIR"' EXIT
# Said again by who wants to see the same run once more.
export SEED=${SEED:-$(date +%s)} KILLS=${KILLS:-150} HISTORIES=${HISTORIES:-2500} LONG_RUN=1
echo "SEED=$SEED KILLS=$KILLS HISTORIES=$HISTORIES, on each database"
proof=(tests/faults tests/doorverwijzing/test_histories.py tests/leaks/test_addresses.py)
pytest=(.venv/bin/python -m pytest -q --create-db --timeout 7200 --basetemp "$DATA_DIR/pytest" -rP --show-capture stdout "${proof[@]}")

echo "== on SQLite"
"${pytest[@]}"
echo "== on PostgreSQL"
# As in tools/suite.sh: tables that roll back look empty to who counts their rows.
POSTGRES_OPTIONS="-c autovacuum=off" tools/postgres.sh "${pytest[@]}"
