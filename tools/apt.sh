#!/usr/bin/env bash
# Install Debian packages, saying so; where that cannot be done, name them and stop: apt.sh PACKAGE...
set -euo pipefail
give_up() {
  echo "These Debian packages are missing, and $1: ${packages[*]}" >&2
  echo "Ask the operator for: apt-get install ${packages[*]}" >&2
  exit 1
}
packages=("$@")
as_root=()
command -v apt-get >/dev/null || give_up "there is no apt-get here"
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || give_up "may not be installed here (no root, no sudo)"
  # Somebody at the keyboard may type a password; nobody there means nobody to ask.
  if sudo -n true 2>/dev/null; then as_root=(sudo -n)
  elif [ -t 0 ]; then as_root=(sudo)
  else give_up "may not be installed here (sudo wants a password)"; fi
fi
echo "Installing from Debian: ${packages[*]}"
log=$(mktemp /tmp/dorpel-apt.XXXXXX)
trap 'rm -f "$log"' EXIT
# sudo drops what is exported: the setting travels with the command.
quietly=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq)
{ "${quietly[@]}" update && "${quietly[@]}" install -y --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 || {
  cat "$log" >&2
  give_up "could not be installed"
}
