#!/usr/bin/env bash
# The whole suite: SQLite, then PostgreSQL, then the journeys in a real browser against a real server.
set -euo pipefail
cd "$(dirname "$0")/.."
export DATA_DIR; DATA_DIR=$(mktemp -d /tmp/dorpel-test.XXXXXX)
trap 'rm -rf "$DATA_DIR"' EXIT
py=.venv/bin/python

echo "== the search node"
tools/search-node/build.sh
echo "== the suite on SQLite"
$py -m pytest -n 2 --create-db -q -m "not journey"
echo "== the suite on PostgreSQL"
tools/postgres.sh $py -m pytest -n 2 --create-db -q -m "not journey"
echo "== the journeys in Chromium"
$py -m pytest -q -m journey tests/journeys
