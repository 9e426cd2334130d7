#!/usr/bin/env bash
# Run a command against a PostgreSQL server of its own, and take the server away afterwards: postgres.sh COMMAND...
# POSTGRES_OPTIONS are options of the server.
set -euo pipefail
bin=$(dirname "$(ls -1 /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
home=$(mktemp -d /tmp/dorpel-postgres.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$home"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
fi
stop() {
  (cd "$home" && "${as[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$home"
}
trap stop EXIT INT TERM
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(
  cd "$home"
  "${as[@]}" "$bin/initdb" -D data -U dorpel --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
  "${as[@]}" "$bin/pg_ctl" -D data -w -l log -o "-p $port -k $home -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c lock_timeout=120s ${POSTGRES_OPTIONS:-}" start >/dev/null
)
export DATABASE_URL="postgres://dorpel@127.0.0.1:$port/postgres"
"$@"
