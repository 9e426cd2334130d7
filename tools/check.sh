#!/usr/bin/env bash
# Everything that can be known without running the suite. Ends at the first fault, and says which check it was.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${DATA_DIR:-}" ]; then
  DATA_DIR=$(mktemp -d /tmp/dorpel-check.XXXXXX)
  trap 'rm -rf "$DATA_DIR"' EXIT
fi
export DATA_DIR
bin=.venv/bin
code=(config core gebied organisaties sociale_kaart search rechtenverkenning leernetwerk bewaarde_zoekvragen clienten vraagverheldering doorverwijzing website demo bench tests tools manage.py gunicorn.conf.py)
rooms=(core gebied organisaties sociale_kaart search rechtenverkenning leernetwerk bewaarde_zoekvragen clienten vraagverheldering doorverwijzing website demo config bench)

say() { printf '== %s\n' "$*"; }
say format;       $bin/ruff format --check --quiet "${code[@]}"
say lint;         $bin/ruff check --quiet "${code[@]}"
say floors;       $bin/lint-imports --no-cache >/dev/null || $bin/lint-imports --no-cache
say types;        $bin/mypy "${rooms[@]}"
say templates;    $bin/djlint --quiet --lint templates
say system;       $bin/python manage.py check --fail-level WARNING
say migrations;   $bin/python manage.py makemigrations --check --dry-run
say translations; $bin/python tools/translations.py
say house rules;  env -u DATABASE_URL $bin/python -m pytest -q -p no:cacheprovider -m house_rule tests/architecture
