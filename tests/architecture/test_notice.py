"""What others made and travels along is named in NOTICE, with its licence."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
# Data, fonts, vendored scripts and licence texts give a folder away; code and templates do not.
GIVES_AWAY = re.compile(
    r"\.(csv|tsv|json|jsonl|ndjson|geojson|ttl|xml|xz|gz|zip|toml|dic|aff|woff2?|ttf|otf|min\.js)$|licen[cs]e|OFL|COPYING"
)
ELSEWHERE = {"var", "templates", "locale", "docs", "LICENSES", "node_modules"}
# A line that begins a block names its folders: "tests/data/hsds/3.0/, tests/data/hsds/3.1/".
HEADING = re.compile(r"^\w[\w.\-]*/.*$", re.MULTILINE)


def _files() -> list[Path]:
    """Give every file of the tree that may be data, relative to its root."""
    found = []
    for top in sorted(ROOT.iterdir()):
        if top.is_dir() and not top.name.startswith(".") and top.name not in ELSEWHERE:
            found += [path.relative_to(ROOT) for path in top.rglob("*") if path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts]


def _folders_with_data() -> set[Path]:
    return {path.parent for path in _files() if GIVES_AWAY.search(path.name)}


NAMED = {Path(name) for line in HEADING.findall(NOTICE) for name in line.split(", ") if name.endswith("/")}


def test_notice_finds_the_folders_that_it_is_about() -> None:
    known = {Path("gebied/data"), Path("search/language/data"), Path("static/fonts"), Path("static/js")}

    assert known <= _folders_with_data()


def _must_name(folder: Path) -> set[Path]:
    """Give the folders of which one must be named: itself where a README or a licence lies, else also those above."""
    marked = any(re.match(r"README|licen[cs]e|OFL|COPYING", path.name, re.I) for path in (ROOT / folder).iterdir())
    return {folder} if marked else {folder, *folder.parents}


@pytest.mark.parametrize("folder", sorted(_folders_with_data()), ids=str)
def test_folder_with_data_is_named_in_notice(folder: Path) -> None:
    assert _must_name(folder) & NAMED, f"Say in NOTICE what {folder}/ holds, whose and under which licence."


@pytest.mark.parametrize("folder", sorted(NAMED), ids=str)
def test_folder_named_in_notice_exists(folder: Path) -> None:
    assert (ROOT / folder).is_dir()


def test_licence_texts_that_notice_points_at_exist() -> None:
    texts = re.findall(r"[\w/.\-]+/[\w.\-]*(?:LICENSE|OFL|Apache)[\w.\-]*\.txt", NOTICE)

    assert len(set(texts)) >= 4
    assert [text for text in texts if not (ROOT / text).is_file()] == []


def test_data_of_gebied_is_named_file_by_file() -> None:
    files = [path.name for path in (ROOT / "gebied" / "data").iterdir() if path.suffix in {".csv", ".geojson"}]

    assert [name for name in files if name not in NOTICE] == []


def test_library_that_the_program_runs_on_is_named_in_notice() -> None:
    table = NOTICE.partition("3. Libraries")[2]
    locked = re.findall(r"^([\w.\-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)

    assert [name for name in locked if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", table)] == []


def test_licence_is_the_one_that_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["license"] == "EUPL-1.2"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").strip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
