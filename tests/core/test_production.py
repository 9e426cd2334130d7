"""Production refuses to start half configured, in a sentence, and passes Django's own deployment check."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from config.database import what_is_wrong
from core.checks import cache_is_there
from core.keys import new_key

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "SECRET_KEY": "p3x!9w-" * 10,
    "FIELD_ENCRYPTION_KEYS": new_key(),
    "AUDIT_KEY": new_key(),
    "DATABASE_URL": "postgres://dorpel:geheim@127.0.0.1:1/dorpel",
    "SITE_URL": "https://dorpel.example",
    "EMAIL_URL": "smtp://dorpel:geheim@127.0.0.1:2525",
    "ALLOWED_HOSTS": "dorpel.example",
}
SAYS = {
    "SECRET_KEY": "50 willekeurige tekens",
    "FIELD_ENCRYPTION_KEYS": "manage.py new_key",
    "AUDIT_KEY": "manage.py new_key",
    "DATABASE_URL": "postgres://gebruiker:wachtwoord@host:5432/naam",
    "SITE_URL": "openbare adres",
    "EMAIL_URL": "smtp+tls://gebruiker:wachtwoord@host:587",
    "ALLOWED_HOSTS": "hostnamen",
}


BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py", "check"]
DEPLOY = [*MANAGE, "--deploy", "--fail-level", "WARNING"]
# As the guide for operators starts it.
SERVE = [str(BIN / "gunicorn"), "--bind", "127.0.0.1:0", "--workers", "2", "config.wsgi:application"]
SAID = "Dorpel kan niet starten: "


def run(tmp_path, command, environment):
    """Run a command as an installation would, with this environment and nothing else."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def said(done):
    """Give what was said about the start, and see that no traceback came with it."""
    assert "Traceback" not in done.stdout + done.stderr
    return [line.removeprefix(SAID) for line in done.stderr.splitlines() if line.startswith(SAID)]


def read_settings(tmp_path, environment):
    """Only read the settings: quicker than a command."""
    return run(tmp_path, [sys.executable, "-c", "import config.settings.production"], environment)


def without(name):
    """Give the environment of an installation that forgot one thing."""
    return {given: value for given, value in WHOLE.items() if given != name}


@pytest.mark.parametrize("environment", [without, lambda name: {**WHOLE, name: " "}], ids=["missing", "empty"])
@pytest.mark.parametrize("missing", WHOLE)
def test_a_command_without_a_secret_ends_in_one_sentence(tmp_path, missing, environment):
    done = run(tmp_path, MANAGE, environment(missing))

    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    [sentence] = said(done)
    assert sentence.startswith(f"{missing} ontbreekt. ")
    assert SAYS[missing] in sentence


@pytest.mark.parametrize("missing", WHOLE)
def test_the_server_without_a_secret_stops_and_says_the_same_sentence(tmp_path, missing):
    done = run(tmp_path, SERVE, without(missing))

    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    [sentence] = said(done)
    assert sentence.startswith(f"{missing} ontbreekt. ")
    assert SAYS[missing] in sentence


def test_all_that_is_missing_is_said_at_once(tmp_path):
    assert [line.split()[0] for line in said(run(tmp_path, MANAGE, {}))] == list(WHOLE)


@pytest.mark.parametrize("name", ["FIELD_ENCRYPTION_KEYS", "AUDIT_KEY"])
def test_a_key_that_is_none_is_refused_and_not_repeated(tmp_path, name):
    done = run(tmp_path, MANAGE, {**WHOLE, name: "a-password-that-someone-made-up"})

    [sentence] = said(done)
    assert sentence.startswith(f"{name} is geen sleutel. ")
    assert "made-up" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "dorpel:geheim@127.0.0.1"),
        ("DATABASE_URL", "postgres://dorpel:ge/heim@127.0.0.1:5432/dorpel"),
        ("EMAIL_URL", "geheim.mail.example"),
        ("CACHE_URL", "geheim"),
        ("CACHE_URL", "locmemcache://geheim"),
        # The package for it is not among ours.
        ("CACHE_URL", "redis://:geheim@127.0.0.1:6379/1"),
        ("SITE_MARK", "/static/img/geheim.svg"),
        ("SITE_MARK", "img/mark.svg"),
        ("TRUSTED_PROXY_COUNT", "geheim"),
        ("SITE_URL", "geheim.example"),
        ("SECRET_KEY_FILE", "/nergens/geheim"),
        ("DATA_DIR", "/dev/null/dorpel"),
        ("KEY_STORE", "/dev/null/sleutels"),
        ("SECRET_KEY", "geheim"),
        ("DATABASE_URL", "mysql://dorpel:geheim@127.0.0.1/dorpel"),
        ("LOG_LEVEL", "geheim"),
        ("SEARCH_URL", "geheim.example"),
        ("SEARCH_URL", "https://u:geheim@zoek:poort/dorpel"),
        ("SEARCH_LOG", "geheim"),
        ("SECOND_FACTOR", "geheim"),
        ("SECURE_SSL_REDIRECT", "geheim"),
        ("ALLOWED_HOSTS", "https://geheim.example/"),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "https://"),
        ("QUICK_EXIT_URL", "javascript:geheim"),
        ("OIDC_SERVER_URL", "https://geheim.example"),
        ("CLAMD_ADDRESS", "geheim"),
        ("DEFAULT_FROM_EMAIL", "geheim"),
        ("UPLOAD_MAX_BYTES", "-1"),
        ("IMPORT_MAX_BYTES", "0"),
        ("SESSION_HOURS", "-1"),
        ("TRUST_DAYS", "91"),
        ("KEY_STORE_KEYS", "geheim"),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_repeated(tmp_path, name, value):
    done = run(tmp_path, MANAGE, {**WHOLE, name: value})

    [sentence] = said(done)
    assert name in sentence
    assert "heim" not in done.stderr


@pytest.mark.parametrize("name", ["FIELD_ENCRYPTION_KEYS", "KEY_STORE_KEYS", "AUDIT_KEY", "PORT", "SITE_URL"])
def test_the_demo_says_in_a_sentence_what_it_cannot_read(tmp_path, name):
    done = run(tmp_path, MANAGE, {"DJANGO_SETTINGS_MODULE": "config.settings.demo", name: "geheim"})

    [sentence] = said(done)
    assert sentence.startswith(f"{name} ")
    assert "heim" not in done.stderr


def test_production_starts_when_all_is_there(tmp_path):
    assert read_settings(tmp_path, WHOLE).stderr == ""


def test_a_secret_may_lie_in_a_file_that_ends_in_a_new_line(tmp_path):
    kept = tmp_path / "secret"
    kept.write_text(f"{new_key()}, {new_key()}\n", encoding="utf-8")
    environment = {**without("FIELD_ENCRYPTION_KEYS"), "FIELD_ENCRYPTION_KEYS_FILE": str(kept)}

    assert read_settings(tmp_path, environment).stderr == ""


def on_sqlite(tmp_path):
    """Give the environment of an installation whose database is a file."""
    return {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/dorpel.sqlite3"}


def test_the_deployment_check_passes_once_all_is_there(tmp_path):
    here = {**on_sqlite(tmp_path), "SITE_MARK": "/static/img/mark.svg"}
    assert run(tmp_path, [*MANAGE[:2], "createcachetable"], here).returncode == 0

    done = run(tmp_path, DEPLOY, here)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_deployment_check_says_what_would_break_at_the_first_use(tmp_path):
    done = run(tmp_path, DEPLOY, {**on_sqlite(tmp_path), "KEY_STORE_COPIES": "/dev/null/kopieen"})

    assert done.returncode == 1
    assert "De tabel van de cache is er niet. Draai createcachetable." in done.stderr
    assert "KEY_STORE_COPIES: deze gebruiker mag niet schrijven in /dev/null/kopieen." in done.stderr
    assert "Traceback" not in done.stderr


def test_the_deployment_check_without_a_database_says_so(tmp_path):
    done = run(tmp_path, DEPLOY, WHOLE)

    assert done.stderr == "De databank antwoordt niet. Kijk of ze draait en of DATABASE_URL klopt.\n"
    assert done.returncode == 3


def test_the_deployment_check_tells_that_the_server_of_the_cache_is_away(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/1"}}

    assert [fault.id for fault in cache_is_there(None)] == ["dorpel.E003"]


def test_a_key_can_be_made_before_there_is_one(tmp_path):
    done = run(tmp_path, [*MANAGE[:2], "new_key"], {"DJANGO_SETTINGS_MODULE": "config.settings.demo"})

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip()) == 44


@pytest.mark.parametrize("command", [["search", "huur"], ["audit_verify"], ["worker", "--once"]], ids=" ".join)
def test_a_command_on_an_empty_database_says_what_to_run_first(tmp_path, command):
    done = run(tmp_path, [*MANAGE[:2], *command], on_sqlite(tmp_path))

    assert done.stderr == "De databank is niet bij met deze versie. Draai eerst migrate.\n"
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["backup"], "dit ontbreekt: file"),
        (["keystore", "kijk"], "what: 'kijk' kan hier niet (kies uit 'status', 'tidy', 'recover')"),
        (["read_log", "1", "--since", "gisteren"], "--since: gisteren is geen dag. Schrijf het als 2026-11-01."),
        (["worker", "--vlug"], "dit kennen we hier niet: --vlug"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_with_wrong_words_behind_it_says_what_is_wrong_in_dutch(tmp_path, words, sentence):
    done = run(tmp_path, [*MANAGE[:2], *words], WHOLE)

    assert done.returncode == 2
    assert done.stderr.endswith(f"manage.py {words[0]}: fout: {sentence}\n")


def test_a_command_without_its_database_says_so_and_repeats_no_password(tmp_path):
    done = run(tmp_path, [*MANAGE[:2], "audit_verify"], WHOLE)

    assert done.stderr == "De databank antwoordt niet. Kijk of ze draait en of DATABASE_URL klopt.\n"
    assert done.returncode == 3


def test_a_command_on_a_full_disk_says_so(tmp_path):
    written = ["sh", "-c", '"$@" > /dev/full', "sh", *MANAGE[:2], "new_key"]

    done = run(tmp_path, written, {**WHOLE, "PYTHONUNBUFFERED": "1"})

    assert done.stderr == "De schijf is vol. Maak plaats en doe het opnieuw: wat niet af was, is niet gebeurd.\n"
    assert done.returncode == 3


def test_a_database_on_a_full_disk_is_not_taken_for_one_that_is_away(tmp_path):
    with closing(sqlite3.connect(tmp_path / "small.sqlite3")) as small, pytest.raises(sqlite3.OperationalError) as full:
        small.execute("CREATE TABLE said (what TEXT)")
        small.execute("PRAGMA max_page_count = 2")
        small.execute("INSERT INTO said VALUES (?)", ["x" * 100_000])

    assert what_is_wrong(OperationalError(*full.value.args)).startswith("De schijf is vol.")
