#!/usr/bin/env bash
# See that Chromium, PostgreSQL and gettext are there; install what is missing or fail with its list.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
command -v msgfmt >/dev/null || missing+=(gettext)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] || tools/apt.sh "${missing[@]}"
