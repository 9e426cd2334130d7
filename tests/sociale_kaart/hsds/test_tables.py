"""CSV as one meets it: other names, encodings and delimiters, broken rows, links to nowhere, repeats."""

import pytest
from django.db import connection

from organisaties.models import Organization
from sociale_kaart.models import Address, Phone, Service, TaxonomyTerm
from tests.sociale_kaart.hsds.conftest import counts, reasons

REFUSE_A_NAME = {
    "sqlite": [
        "CREATE TEMP TRIGGER no_such_name BEFORE INSERT ON main.organisaties_organization WHEN NEW.name = 'Verboden' "
        "BEGIN SELECT RAISE(ABORT, 'no'); END"
    ],
    "postgresql": ["ALTER TABLE organisaties_organization ADD CONSTRAINT no_such_name CHECK (name <> 'Verboden')"],
}
ORGANIZATION = "id,name,description\no-1,OCMW,Hulp voor wie het nodig heeft\n"


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffid,name,description\r\no-1,Café Zoë,Een “huis” voor iedereen\r\n".encode(),
        "id;name;description\no-1;Café Zoë;Een “huis” voor iedereen\n".encode(),
        "sep=;\nid;name;description\no-1;Café Zoë;Een “huis” voor iedereen\n".encode(),
        "id\tname\tdescription\no-1\tCafé Zoë\tEen “huis” voor iedereen\n".encode(),
        "\n\n Id , NAME ,Description\no-1, Café Zoë ,Een “huis” voor iedereen".encode(),
        'id,name,description\r"o-1","Café Zoë","Een “huis” voor iedereen"\r'.encode(),
        "id,name,description\no-1,Café Zoë,Een “huis” voor iedereen\n".encode("utf-16"),
        "id,name,description\no-1,Café Zoë,Een “huis” voor iedereen\n".encode("utf-16-le"),
        "id,name,description\no-1,Café Zoë,Een “huis” voor iedereen\n".encode("cp1252"),
    ],
    ids=["bom-crlf", "semicolon", "excel", "tab", "spaces", "cr", "utf-16", "utf-16-le", "cp1252"],
)
def test_a_table_reads_the_same_in_every_form(run_import, tables, content):
    report = run_import(tables(organizations=content))

    assert (report["created"], report["rejected"]) == (1, 0)
    organization = Organization.objects.get()
    assert (organization.pk, organization.name) == ("o-1", "Café Zoë")
    assert organization.description == "Een “huis” voor iedereen"


def test_letters_of_windows_are_mended_and_told_once(run_import, tables):
    rows = "id,name,description\n" + "".join(f"o-{n},Café {n},Zoë\n" for n in range(3)) + "o-9,Gewoon,Rustig\n"

    report = run_import(tables(organizations=rows.encode("latin-1")))

    assert counts(report) == {"read": 4, "created": 4, "mended": 3, "records": 4}
    assert reasons(report) == ["Het bestand is niet in UTF-8: 3 rijen zijn gelezen als Windows-1252."]


@pytest.mark.parametrize("name", ["organization", "Organizations", "organisation", "hsds_organizations"])
def test_a_file_may_be_named_in_singular_or_plural(run_import, tables, name):
    assert run_import(tables(**{name: ORGANIZATION}))["created"] == 1


def test_a_data_package_may_name_the_files(run_import, tables):
    folder = tables(onze_diensten=ORGANIZATION)
    resource = '{"resources": [{"name": "organization", "path": "onze_diensten.csv"}]}'
    (folder / "datapackage.json").write_text(resource)

    assert run_import(folder)["created"] == 1


def test_a_broken_data_package_is_told_and_passed_over(run_import, tables):
    folder = tables(organizations=ORGANIZATION)
    (folder / "datapackage.json").write_text("{")

    assert len(reasons(run_import(folder))) == 1
    assert Organization.objects.count() == 1


def test_unknown_files_and_columns_are_told_and_columns_kept(run_import, tables):
    rows = "id,name,description,kleur\no-1,OCMW,Hulp,groen\no-2,CAW,Hulp,\no-3,DMW,Hulp,rood\n"

    report = run_import(tables(organizations=rows, parkeerplaatsen="id\n1\n", meta_table_descriptions="id\n1\n"))

    told = [(problem["object"], problem["field"]) for problem in report["problems"]]
    assert sorted(told) == [("meta_table_descriptions", ""), ("organization", "kleur"), ("parkeerplaatsen", "")]
    assert Organization.objects.get(pk="o-3").extra == {"kleur": "rood"}
    assert Organization.objects.get(pk="o-2").extra == {}


def test_a_column_that_is_nested_elsewhere_is_kept(run_import, tables):
    run_import(tables(organizations="id,name,description,phones\no-1,OCMW,Hulp,050 00 00 01\n"))

    assert Organization.objects.get().extra == {"phones": "050 00 00 01"}


def test_json_beside_tables_is_read_when_it_is_named_after_an_object(run_import, tables):
    folder = tables(organizations=ORGANIZATION)
    (folder / "package.json").write_text('{"name": "iets anders"}')
    (folder / "services.json").write_text(
        '[{"id": "s-1", "name": "Hulp", "status": "active", "organization_id": "o-1"}]'
    )

    report = run_import(folder)

    assert counts(report) == {"read": 2, "created": 2, "records": 2}
    assert [problem["object"] for problem in report["problems"]] == ["package.json"]


def test_a_record_that_the_database_refuses_is_the_only_one_lost(run_import, tables):
    with connection.cursor() as cursor:
        for statement in REFUSE_A_NAME[connection.vendor]:
            cursor.execute(statement)

    report = run_import(tables(organizations=ORGANIZATION + "o-2,Verboden,Hulp\no-3,CAW,Hulp\n"))

    assert (report["created"], report["rejected"]) == (2, 1)
    assert sorted(Organization.objects.values_list("pk", flat=True)) == ["o-1", "o-3"]
    assert reasons(report) == ["De databank weigert dit record."]


def test_a_quote_that_is_never_closed_costs_one_row(run_import, tables):
    rows = 'id,name,description\no-1,"OCMW,Hulp\no-2,CAW,"Hulp\nop maat"\no-3,DMW,"Einde\no-4,Ligo,Leren\n'

    report = run_import(tables(organizations=rows))

    assert sorted(Organization.objects.values_list("pk", "name")) == [
        ("o-1", "OCMW"), ("o-2", "CAW"), ("o-3", "DMW"), ("o-4", "Ligo"),
    ]  # fmt: skip
    assert Organization.objects.get(pk="o-2").description == "Hulp\nop maat"
    assert report["records"] == 4


def test_rows_that_are_too_short_or_too_long_are_taken(run_import, tables):
    rows = "id,name,description\no-1,OCMW\no-2,CAW,Hulp,extra,\n\n,,\n"

    report = run_import(tables(organizations=rows))

    assert counts(report) == {"read": 2, "created": 2, "mended": 2, "records": 2}
    assert Organization.objects.get(pk="o-2").extra == {"column_4": "extra"}


def test_a_row_of_a_quote_that_cannot_be_understood_is_rejected(run_import, tables):
    report = run_import(tables(organizations='id,name,description\no-1,"OCMW\no-2,CAW,Hulp\n'))

    assert (report["created"], report["rejected"]) == (1, 1)
    assert reasons(report) == ["Een aanhalingsteken in deze rij wordt nergens gesloten."]


def test_links_to_nowhere_stay_empty_and_are_kept_aside(run_import, tables):
    folder = tables(
        organizations="id,name,description,parent_organization_id\no-1,OCMW,Hulp,nergens\n",
        phones="id,number,organization_id\np-1,050 00 00 01,nergens\n",
    )

    report = run_import(folder)

    assert (report["created"], report["rejected"], len(report["problems"])) == (2, 0, 2)
    assert Phone.objects.get().extra == {"as_given": {"organization_id": "nergens"}}
    assert run_import(folder)["unchanged"] == 2


def test_a_row_that_needs_its_link_is_rejected(run_import, tables):
    services = "id,name,status,organization_id\ns-1,Hulp,active,nergens\ns-2,Hulp,active,\ns-3,Hulp,active,o-1\n"

    report = run_import(tables(organizations=ORGANIZATION, services=services))

    assert (report["created"], report["rejected"]) == (2, 2)
    assert reasons(report) == [
        "Het object organization waar dit bij hoort, bestaat niet.",
        "Er staat niet bij welk object organization dit hoort.",
    ]


def test_parents_may_come_after_their_children(run_import, tables):
    terms = "id,name,description,parent_id\nt-1,Kind,x,t-2\nt-2,Ouder,x,t-3\nt-3,Top,x,\nt-4,Zelf,x,t-4\n"
    folder = tables(taxonomy_terms=terms)

    first, second = run_import(folder), run_import(folder)

    assert TaxonomyTerm.objects.get(pk="t-1").parent.parent_id == "t-3"
    assert TaxonomyTerm.objects.get(pk="t-1").extra == {}
    assert TaxonomyTerm.objects.get(pk="t-4").parent is None
    assert (first["created"], second["unchanged"]) == (4, 4)


def test_a_link_is_made_when_its_target_comes_with_a_later_import(run_import, tables):
    folder = tables(organizations="id,name,description,parent_organization_id\no-1,OCMW,Hulp,o-2\n")
    run_import(folder)
    with (folder / "organizations.csv").open("a") as out:
        out.write("o-2,Gemeente,Bestuur,\n")

    report = run_import(folder)

    assert (report["created"], report["changed"]) == (1, 0)
    organization = Organization.objects.get(pk="o-1")
    assert (organization.parent_organization_id, organization.extra) == ("o-2", {})


def test_the_last_of_two_rows_with_one_id_counts(run_import, tables):
    rows = ORGANIZATION + "o-1,OCMW Zedelgem,Hulp\no-2,CAW,Hulp\no-2,CAW,Hulp\n"
    folder = tables(organizations=rows)

    first, second = run_import(folder), run_import(folder)

    assert Organization.objects.get(pk="o-1").name == "OCMW Zedelgem"
    assert counts(first) == {"read": 4, "created": 2, "unchanged": 2, "records": 4}
    assert counts(second) == {"read": 4, "unchanged": 4, "records": 4}
    assert [problem["id"] for problem in first["problems"]] == ["o-1"]


def test_an_empty_cell_empties_a_field_and_a_missing_column_does_not(run_import, tables):
    run_import(tables(organizations="id,name,description,legal_status\no-1,OCMW,Hulp,publiek\n"))

    report = run_import(tables(organizations="id,name,description\no-1,OCMW,\n"))

    organization = Organization.objects.get()
    assert (organization.description, organization.legal_status) == ("", "publiek")
    assert report["changed"] == 1


def test_ids_are_kept_when_they_fit_in_a_web_address(run_import, tables):
    folder = tables(
        organizations="id,name,description\n12,OCMW,Hulp\na/b c,CAW,Hulp\n",
        services="id,name,status,organization_id\nVL.0-1~x,Hulp,active,a/b c\n",
    )

    report = run_import(folder)

    service = Service.objects.get()
    assert (service.pk, service.organization.name) == ("VL.0-1~x", "CAW")
    assert service.organization.extra["as_given"] == {"id": "a/b c"}
    assert Organization.objects.filter(pk="12").exists()
    assert (report["created"], report["mended"]) == (3, 1)


def test_only_files_of_one_folder_are_read(run_import, tables):
    folder = tables(organizations=ORGANIZATION)
    (folder / "oud").mkdir()
    (folder / "oud" / "organizations.csv").write_text("id,name\no-9,Oud\n")

    report = run_import(folder)

    assert list(Organization.objects.values_list("pk", flat=True)) == ["o-1"]
    assert reasons(report) == ["Dit bestand ligt in een andere map; het is niet gelezen."]


def test_one_thing_in_two_files_is_one_thing(run_import, tables):
    address = "id,address_1,city,state_province,postal_code,country,address_type\n"
    row = "a-1,Kerkstraat 1,Zedelgem,West-Vlaanderen,8210,BE,physical\n"

    report = run_import(tables(address=address + row, addresses=address + row))

    assert counts(report) == {"read": 2, "created": 1, "unchanged": 1, "records": 2}
    assert Address.objects.count() == 1
