#!/usr/bin/env bash
# Run the node in the foreground: start.sh PORT DATADIR. Port 0 takes a free one; prints "READY port"; ends at SIGTERM.
# NODE_TIED=tied ends it when its standard input does. NODE_HEAP is its memory (512m), NODE_LOG its log level (warn).
set -euo pipefail
port=$1
mkdir -p "$2/tmp"
data=$(cd "$2" && pwd)
home=$("$(dirname "$0")/build.sh")
cd "$home"
heap=${NODE_HEAP:-512m}
exec java -Xms"$heap" -Xmx"$heap" -XX:+UseSerialGC -Xshare:auto -Xlog:disable -Xlog:all=error:stderr \
  -Djava.io.tmpdir="$data/tmp" -Djava.net.preferIPv4Stack=true -Dfile.encoding=UTF-8 \
  -Dsun.net.httpserver.nodelay=true -Dsun.net.httpserver.idleInterval=3600 -Dsun.net.httpserver.maxIdleConnections=200 \
  -Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false -Dlog4j2.disable.jmx=true -Dlog4j2.formatMsgNoLookups=true \
  -Dnode.log="${NODE_LOG:-warn}" -cp "search-node.jar:lib/*" SearchNode "$home" "$port" "$data" ${NODE_TIED:-}
