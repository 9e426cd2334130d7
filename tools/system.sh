#!/usr/bin/env bash
# See that Debian gives what is needed; install what is missing or fail with its list: system.sh PYTHON [tests]
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1 what=${2:-}
missing=()
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
# WeasyPrint draws the PDFs of packet and consent with Pango.
compgen -G '/usr/lib/*/libpangoft2-1.0.so.0' >/dev/null || missing+=(libpangoft2-1.0-0)
compgen -G '/usr/lib/*/libharfbuzz-subset.so.0' >/dev/null || missing+=(libharfbuzz-subset0)
if [ "$what" = tests ]; then
  # Chromium without its windows and menus: the same pages in a third of the time. Who has only the whole one walks with that.
  if ! command -v chromium-headless-shell >/dev/null; then
    if command -v chromium >/dev/null; then tools/apt.sh chromium-headless-shell || echo "Going on with chromium."
    else missing+=(chromium-headless-shell fonts-dejavu-core); fi
  fi
  # The driver of the browser is linked to it, and a bare Debian has none.
  compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || missing+=(libatomic1)
  command -v msgfmt >/dev/null || missing+=(gettext)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  # The real search node of the tests (tools/search-node) is fetched by Maven and compiled here.
  { command -v javac && command -v jar; } >/dev/null || missing+=(default-jdk-headless)
  command -v mvn >/dev/null || missing+=(maven)
fi
[ ${#missing[@]} -eq 0 ] || tools/apt.sh "${missing[@]}"
