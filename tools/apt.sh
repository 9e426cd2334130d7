#!/usr/bin/env bash
# Install Debian packages, saying so; where that is not allowed, name them and stop: apt.sh PACKAGE...
set -euo pipefail
if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "These Debian packages are missing and may not be installed here: $*" >&2
  echo "Ask the operator for: apt-get install $*" >&2
  exit 1
fi
command -v apt-get >/dev/null || { echo "These packages are missing, and there is no apt-get: $*" >&2; exit 1; }
echo "Installing from Debian: $*"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
