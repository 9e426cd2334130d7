#!/usr/bin/env bash
# Fifty workers for five minutes on 100,000 referrals, and how pages grow from 1,000. On PostgreSQL of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
exec tools/postgres.sh .venv/bin/python -m tests.load "$@"
