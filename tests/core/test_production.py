"""Production refuses to start half configured, in a sentence, and passes Django's own deployment check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
    "SECRET_KEY": "50 random characters",
    "FIELD_ENCRYPTION_KEYS": "python manage.py new_key",
    "AUDIT_KEY": "python manage.py new_key",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "SITE_URL": "public address",
    "EMAIL_URL": "smtp://user:password@host:587",
    "ALLOWED_HOSTS": "host names",
}


def manage(tmp_path, environment, *command):
    """Run a management command as an installation would, with this environment and nothing else."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
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
    )


def read_settings(tmp_path, environment):
    """Only read the settings: quicker than a command."""
    return subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("missing", WHOLE)
def test_production_does_not_start_without_its_secrets(tmp_path, missing, empty):
    environment = {**WHOLE, missing: ""} if empty else {name: WHOLE[name] for name in WHOLE if name != missing}

    done = read_settings(tmp_path, environment)

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert f"ImproperlyConfigured: {missing} is missing. " in last
    assert SAYS[missing] in last


@pytest.mark.parametrize("name", ["FIELD_ENCRYPTION_KEYS", "AUDIT_KEY"])
def test_production_does_not_start_with_a_key_that_is_none(tmp_path, name):
    done = read_settings(tmp_path, {**WHOLE, name: "a-password-that-someone-made-up"})

    assert done.returncode == 1
    assert f"ImproperlyConfigured: {name} " in done.stderr.strip().splitlines()[-1]
    assert "made-up" not in done.stderr


def test_production_starts_when_all_is_there(tmp_path):
    assert read_settings(tmp_path, WHOLE).stderr == ""


def test_a_secret_may_lie_in_a_file(tmp_path):
    kept = tmp_path / "secret"
    kept.write_text(WHOLE["SECRET_KEY"], encoding="utf-8")
    environment = {name: value for name, value in WHOLE.items() if name != "SECRET_KEY"}

    assert read_settings(tmp_path, {**environment, "SECRET_KEY_FILE": str(kept)}).stderr == ""


def test_production_passes_the_deployment_check(tmp_path):
    done = manage(tmp_path, WHOLE, "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_key_can_be_made_before_there_is_one(tmp_path):
    done = manage(tmp_path, {"DJANGO_SETTINGS_MODULE": "config.settings.demo"}, "new_key")

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip()) == 44
