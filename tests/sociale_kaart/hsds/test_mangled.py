"""Whatever comes in, the import never breaks: counts add up, each reject is told, a second run changes nothing."""

import csv
import io
import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sociale_kaart.hsds.importing import import_hsds
from sociale_kaart.hsds.sources import UnreadableError
from sociale_kaart.hsds.tables import tables as all_tables

FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
IDS = st.sampled_from(["o-1", "s-1", "l-1", "t-1", "", "a/b", "é", "x" * 120])
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from([
        "", "active", "24:00", "31/02/2026", "<b>x</b>", "1e400", "-1", "12,5", "NaN", "WEEKLY", "physical", "\0",
        "info@x.example", "https://x.example", "9" * 400, "ZZ" * 200, '"', "a\nb",
    ]),
)  # fmt: skip
VALUES = st.one_of(
    TEXTS, IDS, st.none(), st.booleans(), st.integers(), st.floats(), st.lists(TEXTS, max_size=2), st.just({})
)


def check(report) -> None:
    """Compare the counts with each other and with the problems."""
    problems = list(report.problems())
    assert report.read == sum(report.counts[name] for name in ("created", "changed", "unchanged", "rejected"))
    assert sum(problem["rejected"] for problem in problems) == report.counts["rejected"]
    assert all(problem["reason"] for problem in problems)
    assert report.counts["mended"] <= report.read


def run_twice(path) -> None:
    """Import, import again and look; then take it all back."""
    with transaction.atomic():
        first = import_hsds(path)
        second = import_hsds(path)
        check(first)
        check(second)
        assert (second.counts["created"], second.counts["changed"]) == (0, 0)
        assert second.counts["rejected"] == first.counts["rejected"]
        transaction.set_rollback(True)


def column_names(name: str) -> list[str]:
    table = all_tables()[name]
    return ["id", *table.cleaners, *table.links, *table.children, *table.parents]


@st.composite
def csv_files(draw) -> dict[str, str]:
    files = {}
    for name in draw(st.lists(st.sampled_from(sorted(all_tables())), min_size=1, max_size=4, unique=True)):
        columns = draw(st.lists(st.sampled_from(column_names(name)), min_size=1, max_size=6, unique=True))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["id", *columns])
        for _row in range(draw(st.integers(0, 4))):
            writer.writerow([draw(IDS), *(draw(st.one_of(TEXTS, IDS)) for _column in columns)])
        files[name] = out.getvalue()
    return files


@st.composite
def objects(draw, depth: int = 0) -> dict[str, object]:
    name = draw(st.sampled_from(["service", "organization", "location", "service_at_location", "taxonomy_term"]))
    keys = draw(st.lists(st.sampled_from(column_names(name)), max_size=7, unique=True))
    nested = objects(depth + 1) if depth < 2 else VALUES
    made = {key: draw(st.one_of(VALUES, st.lists(nested, max_size=2), nested)) for key in keys}
    return {"id": draw(IDS), "name": draw(TEXTS), **made}


@pytest.mark.django_db
@FEW
@given(files=csv_files())
def test_mangled_tables_never_break(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("tables")
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8", errors="surrogatepass", newline="")

    run_twice(folder)


@pytest.mark.django_db
@FEW
@given(records=st.lists(objects(), min_size=1, max_size=4))
def test_mangled_objects_never_break(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("json") / "services.json"
    path.write_text(json.dumps(records), encoding="utf-8")

    run_twice(path)


@pytest.mark.django_db
@FEW
@given(raw=st.binary(max_size=400), name=st.sampled_from(["services.csv", "services.json", "services.ndjson"]))
def test_random_bytes_never_break(tmp_path_factory, raw, name):
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(raw)

    try:
        check(import_hsds(path))
    except UnreadableError as error:
        assert str(error)
