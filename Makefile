# Two commands: `make demo` and `make test`. Everything else is a part of them.
# Paths are quoted everywhere: the checkout may lie in a folder with a space in its name.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:

export PORT ?= 8000
PYTHON ?= $(shell tools/python.sh)
VENV := .venv
RUN := $(VENV)/bin
CODE := config core gebied organisaties sociale_kaart search rechtenverkenning leernetwerk bewaarde_zoekvragen clienten vraagverheldering doorverwijzing website demo bench tests tools manage.py gunicorn.conf.py
ROOMS := core gebied organisaties sociale_kaart search rechtenverkenning leernetwerk bewaarde_zoekvragen clienten vraagverheldering doorverwijzing website demo config

.PHONY: help demo test check format faults load bench lock messages clean install install-dev system-test

help:  ## show what can be made
	grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

demo: install  ## start the demo on http://127.0.0.1:8000 (PORT= changes it)
	$(RUN)/python tools/ready.py || $(RUN)/python manage.py demo_prepare
	exec $(RUN)/gunicorn --config config/gunicorn.py config.wsgi_demo:application

test: system-test install-dev  ## install what tests need, check everything, run the suite on SQLite and PostgreSQL, walk the journeys
	tools/suite.sh

check:  ## format, lint, types, floors, templates, migrations, translations, house rules
	tools/check.sh

format:  ## format the code and fix what can be fixed
	$(RUN)/ruff format $(CODE)
	$(RUN)/ruff check --fix $(CODE)

faults: install-dev  ## the long proof: 300 kills, thousands of random histories, every outsider at every address (half an hour)
	tools/faults.sh

load: install-dev  ## fifty workers for five minutes on 100,000 referrals, and how pages grow (twenty minutes, PostgreSQL)
	tools/load.sh

bench:  ## print the figures: queries, search, page weight, import rate
	$(RUN)/python -m bench

messages:  ## collect texts for translation and compile them
	$(RUN)/python manage.py makemessages --locale nl --no-location --no-wrap --ignore '.venv/*' --ignore 'var/*' --ignore 'node_modules/*'
	$(RUN)/python manage.py compilemessages --locale nl --ignore '.venv/*'

lock: install  ## resolve the dependencies again
	$(RUN)/uv pip compile -q --group install --generate-hashes --no-header --universal --python-version 3.11 -o requirements-install.lock
	$(RUN)/uv pip compile -q pyproject.toml --generate-hashes --no-header --universal --python-version 3.11 -o requirements.lock
	$(RUN)/uv pip compile -q pyproject.toml --group dev --generate-hashes --no-header --universal --python-version 3.11 -o requirements-dev.lock

install:
	tools/install.sh "$(PYTHON)" requirements.lock

install-dev:
	tools/install.sh "$(PYTHON)" requirements-dev.lock

system-test:
	tools/system.sh "$(PYTHON)" tests

clean:  ## remove the environment and what the demo wrote
	rm -rf $(VENV) var
