"""The invented catalogue of the demo: what it must hold, and that loading it twice changes nothing."""

import re
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from demo import catalogue_loader
from organisaties.models import Organization
from sociale_kaart.models import Attribute, Phone, Schedule, Service
from sociale_kaart.opening import hours_of
from tests.factories.organisaties import OrganizationFactory

pytestmark = pytest.mark.django_db

KINDS = {
    "ocmw", "dmw", "caw", "cgg", "ggz", "addiction", "hospital", "health_centre", "gp_post", "home_nursing",
    "home_care", "elderly_home", "day_care", "service_centre", "disability", "housing_company", "housing_advice",
    "energy_house",
    "debt_help", "legal", "work", "school", "clb", "childcare", "family_house", "youth", "newcomers", "language",
    "poverty_association", "volunteers", "buddy", "food_aid", "thrift", "transport", "leisure", "helpline",
    "police_victim", "care_council",
}  # fmt: skip
INVENTED = re.compile(r"(050 00 0\d \d\d|0470 00 0\d \d\d|0800 00 0\d\d?|0800 00 \d\d\d?)")
HELPLINES = {"112", "1813", "1712", "106", "102", "1733", "1700", "070 245 245", "078 15 10 20"}

LISTING = """
[organization]
slug = "proef"
name = "Proefhuis"
kind = "legal"
partner_type = "core"
secrecy = "none"
legal_status = "vzw"
description = "Een proef."
how_we_work = "Bel."
email = "proef@proef.example"
website = "https://proef.example"
phone = "050 00 00 97"
[[locations]]
slug = "schuil"
name = "Schuilhuis"
address = "Geheimstraat 1"
postal_code = "8210"
city = "Zedelgem"
municipality = "Zedelgem"
latitude = 51.1
longitude = 3.1
protected = true
[[services]]
slug = "raad"
name = "Raad"
alternate_names = ["advies"]
summary = "Geeft raad."
client_text = "We geven raad."
worker_text = "Raad."
alert = ""
needs = ["law"]
life_domains = ["safety"]
target_groups = ["everyone"]
eligibility = ["Je zoekt raad."]
how_to_begin = ["Bel."]
bring = ["de brief"]
cost = "low"
cost_text = "5 euro"
cost_amount = 5
languages = ["nl", "ti"]
area = ["WE40", "Brugge"]
referral_way = "self"
accepts_referrals = true
response_days = 2
waiting = "ongeveer 6 weken"
waiting_weeks = 6
full = true
home_visits = false
outreach = false
walk_in = true
by_phone = true
online = false
undocumented_ok = true
hours = ["ma 09:00-12:00", "di 09:00-12:00", "wo 13:00-16:30"]
hours_note = "Gesloten in juli."
phone = "050 00 00 96"
email = "raad@proef.example"
location = "schuil"
checked = 2026-11-09
"""


@pytest.fixture
def folder(tmp_path, places, vocabulary):
    (tmp_path / "proef.toml").write_text(LISTING, encoding="utf-8")
    return tmp_path


def test_a_file_becomes_a_listing(folder):
    catalogue_loader.load(folder)

    service = Service.objects.for_page().get(pk=catalogue_loader.service_id("proef", "raad"))
    assert (service.needs(), service.life_domains(), service.target_groups()) == (["law"], ["safety"], ["everyone"])
    assert [area.node for area in service.service_areas.all()] == ["zone:WE40", "municipality:31005"]
    assert [(row.byday, str(row.opens_at), row.notes) for row in service.schedules.all()] == [
        ("MO,TU", "09:00:00", ""), ("WE", "13:00:00", ""), ("", "None", "Gesloten in juli."),
    ]  # fmt: skip
    assert [language.name for language in service.languages.all()] == ["Nederlands", "Tigrinya"]
    assert (service.takes_new_people, service.waiting_weeks, service.main_phone().number) == (False, 6, "050 00 00 96")
    assert service.cost_options.get().amount == 5
    assert service.organization.inbox == "proef@proef.example"


def test_a_secret_place_has_no_address_and_no_position(folder):
    catalogue_loader.load(folder)

    place = Service.objects.get().places()[0]
    assert place.protected
    assert (place.latitude, place.addresses.count()) == (None, 0)


def test_loading_twice_changes_nothing_and_keeps_what_an_editor_wrote(folder):
    catalogue_loader.load(folder)
    Service.objects.update(name="Anders genoemd")

    assert catalogue_loader.load(folder) == 0
    assert Service.objects.get().name == "Anders genoemd"


def test_a_changed_file_is_loaded_again_with_the_same_ids(folder):
    catalogue_loader.load(folder)
    before = set(Phone.objects.values_list("pk", flat=True)) | set(Schedule.objects.values_list("pk", flat=True))
    (folder / "proef.toml").write_text(LISTING.replace("Geeft raad.", "Geeft goede raad."), encoding="utf-8")

    assert catalogue_loader.load(folder) == 1
    after = set(Phone.objects.values_list("pk", flat=True)) | set(Schedule.objects.values_list("pk", flat=True))
    assert Service.objects.get().summary == "Geeft goede raad."
    assert before == after


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('area = ["WE40", "Brugge"]', 'area = ["Nergenshuizen"]'),
        ('hours = ["ma', 'hours = ["maandag'),
        ('location = "schuil"', 'location = "elders"'),
        ('name = "Raad"', ""),
    ],
)
def test_a_mistake_names_its_file_and_loads_nothing(folder, right, wrong):
    (folder / "proef.toml").write_text(LISTING.replace(right, wrong), encoding="utf-8")

    with pytest.raises(ValueError, match=r"proef\.toml"):
        catalogue_loader.load(folder)

    assert not Organization.objects.filter(name="Proefhuis").exists()


def test_other_organizations_are_left_alone(folder):
    other = OrganizationFactory(name="Echt bestaand")

    catalogue_loader.load(folder)

    assert Organization.objects.filter(pk=other.pk).exists()


@pytest.fixture
def catalogue(places, vocabulary):
    catalogue_loader.load()


def test_the_catalogue_is_large_enough_and_of_every_kind(catalogue):
    assert Service.objects.public().count() >= 160
    assert Organization.objects.count() >= 60
    assert set(Organization.objects.values_list("kind", flat=True)) == KINDS
    for name in ("Jabbeke", "Zedelgem", "Oostkamp", "Beernem", "Brugge"):
        here = Service.objects.filter(service_at_locations__location__municipality__name=name).distinct()
        assert here.count() >= 10, name


def test_every_need_has_services_that_take_people(catalogue):
    needs = Attribute.objects.filter(taxonomy_term__vocabulary="needs", service__takes_new_people=True)

    per_need = Counter(needs.values_list("taxonomy_term__code", flat=True))

    assert len(per_need) == 16
    assert min(per_need.values()) >= 5


def test_every_service_tells_what_a_visitor_and_a_colleague_need(catalogue):
    for service in Service.objects.for_card():
        assert service.summary and service.client_text and service.worker_text, service
        assert service.eligibility_description and service.application_process, service
        assert service.languages.all() and service.service_areas.all() and service.fees_description, service
        assert 1 <= len(service.needs()) <= 3 and service.target_groups() and service.life_domains(), service
        assert service.main_phone(), service
        assert hours_of(service), service


def test_words_for_visitors_are_plain(catalogue):
    for service in Service.objects.all():
        assert len(service.summary.split()) <= 20, service.summary
        sentences = [sentence for sentence in re.split(r"(?<=[.!?])\s+", service.client_text) if sentence]
        assert max(len(sentence.split()) for sentence in sentences) <= 15, service.client_text
        said = f"{service.summary} {service.client_text} {service.eligibility_description}".lower()
        assert not re.search(r"\b(u|uw|cliënt\w*|patiënt\w*|zorgmijder\w*|hulpvrager\w*)\b", said), service


def test_phones_and_mails_are_recognisably_invented(catalogue):
    for phone in Phone.objects.all():
        assert INVENTED.fullmatch(phone.number) or phone.number in HELPLINES, phone.number
    for service in Service.objects.exclude(email=""):
        assert service.email.endswith(".example"), service.email
    for organization in Organization.objects.all():
        assert ".example" in organization.website or not organization.website, organization
        for address in filter(None, (organization.email, organization.inbox)):
            assert address.endswith(".example"), address


def test_nothing_was_checked_in_the_future_or_too_long_ago(catalogue):
    days = Service.objects.values_list("assured_date", flat=True)

    assert all(date(2025, 9, 1) <= day <= date(2026, 11, 28) for day in days)


@pytest.mark.parametrize("name", ["service", "card"])
def test_a_service_of_every_kind_of_organization_can_be_drawn(catalogue, client, name):
    kinds = {service.organization.kind: service for service in Service.objects.select_related("organization")}

    for service in kinds.values():
        assert client.get(reverse(f"sociale_kaart:{name}", args=[service.pk])).status_code == 200, service


def test_the_command_for_the_words_tells_what_it_added(places, capsys):
    call_command("vocabulary_load")

    assert "onderwerpen: 16 toegevoegd" in capsys.readouterr().out
