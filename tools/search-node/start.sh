#!/usr/bin/env bash
# Run the node in the foreground: start.sh PORT DATADIR. Port 0 takes a free one; prints "READY port"; ends at SIGTERM.
# NODE_TIED=tied ends it when its standard input does. NODE_HEAP is its memory (512m), NODE_LOG its log level (warn),
# NODE_QUICK=quick makes it ready for tests sooner, and slower at its best.
set -euo pipefail
port=$1
mkdir -p "$2/tmp"
data=$(cd "$2" && pwd)
home=$("$(dirname "$0")/build.sh")
cd "$home"
heap=${NODE_HEAP:-512m}
# Compiled once and lightly: for a node that lives for minutes the thorough compiler costs more than it gains.
quick=(); [ "${NODE_QUICK:-}" != quick ] || quick=(-XX:TieredStopAtLevel=1)
exec java -Xms"$heap" -Xmx"$heap" "${quick[@]}" -XX:SharedArchiveFile=classes.jsa -Djava.io.tmpdir="$data/tmp" \
  -Dnode.log="${NODE_LOG:-warn}" @java.args SearchNode "$home" "$port" "$data" ${NODE_TIED:-}
