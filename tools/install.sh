#!/usr/bin/env bash
# Make .venv from a lock file: install.sh PYTHON LOCKFILE. Does nothing when the lock was already installed.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1 lock=$2
stamp=".venv/.installed-$(sha256sum "$lock" | cut -c1-16)"
# What the tests need holds everything the demo needs.
dev=".venv/.installed-$(sha256sum requirements-dev.lock | cut -c1-16)"
[ -e "$stamp" ] || [ -e "$dev" ] && exit 0

if ! "$python" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 14)))' 2>/dev/null; then
  echo "Python 3.11, 3.12 or 3.13 is needed; '$python' is not one. Set PYTHON=/path/to/python3.11." >&2
  exit 1
fi
tools/system.sh "$python"
if [ ! -x .venv/bin/python ]; then
  echo "Making the environment in .venv"
  "$python" -m venv .venv
fi
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade >/dev/null
echo "Installing $lock"
pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes)
"${pip[@]}" -r requirements-install.lock
# Whom the machine trusts is trusted, such as the proxy of an organization that reads along. Where still only pip knows
# the way to the packages, pip goes: it takes half a minute more.
.venv/bin/uv pip install --quiet --system-certs --python .venv/bin/python --compile-bytecode --require-hashes -r "$lock" || "${pip[@]}" -r "$lock"
rm -f .venv/.installed-*
touch "$stamp"
