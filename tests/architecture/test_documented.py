"""Every setting stands in the table of the README, and every command is named in the documents."""

import ast
import gettext
import re

import pytest
from django.core.management import get_commands, load_command_class

from tests.architecture.sources import APPS, ROOT, files, tree

READS = {
    "env", "amount", "folder", "keys", "site", "words", "address", "one_of", "required", "list", "int", "bool",
    "get", "str",
}  # fmt: skip
# Django gives these to each command; `verb` holds commands of its own.
OF_EVERY_COMMAND = {
    "help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks",
    "verb",
}  # fmt: skip
# Who runs a tool or a test may say this too; an installation never does.
NOT_AN_INSTALLATION = {"DJANGO_SETTINGS_MODULE", "BENCH_SERVICES", "BENCH_ROWS"}


def settings_read() -> set[str]:
    """Name what is read from the environment."""
    calls = (node for path in files("config", "bench") for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and re.fullmatch(r"[A-Z][A-Z0-9_]+", call.args[0].value)
        and (getattr(call.func, "id", "") or getattr(call.func, "attr", "")) in READS
    }


def documents() -> str:
    """Read the README and everything in docs/."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def table() -> set[str]:
    """Name what stands in the first column of a table of the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return {
        name for row in re.findall(r"^\|([^|]*)\|", readme, re.MULTILINE) for name in re.findall(r"`([A-Z0-9_]+)`", row)
    }


COMMANDS = sorted(path.stem for path in files(*APPS) if path.parent.name == "commands" and path.stem != "__init__")


def test_every_setting_is_found():
    assert {"DATA_DIR", "SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "SEARCH_URL", "PORT"} <= settings_read()


@pytest.mark.parametrize("name", sorted(settings_read() - NOT_AN_INSTALLATION))
def test_every_setting_stands_in_the_table_of_the_readme(name):
    assert name in table()


def test_the_table_names_nothing_that_nobody_reads():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert {name for name in table() - settings_read() if name not in makefile} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named_in_the_documents(command):
    assert re.search(rf"\b{command}\b", documents())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_words_in_dutch(command):
    dutch = set(gettext.translation("django", ROOT / "locale", ["nl"])._catalog.values())
    loaded = load_command_class(get_commands()[command], command)
    parser = loaded.create_parser("manage.py", command)
    ours = [action for action in parser._actions if action.dest not in OF_EVERY_COMMAND]

    assert loaded.help in dutch
    assert {action.dest: action.help for action in ours if action.help not in dutch} == {}
