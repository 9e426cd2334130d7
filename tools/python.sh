#!/usr/bin/env bash
# Name the Python that the environment is made from: Debian's own where it can make one, else the first in the path.
# Debian builds its Python after a profile of itself; one that was compiled by hand often takes a quarter more time.
for python in /usr/bin/python3 python3; do
  if "$python" -c 'import ensurepip, sys, venv; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 14)))' 2>/dev/null; then
    echo "$python"
    exit 0
  fi
done
echo python3
