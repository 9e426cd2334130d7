"""Partners keep their own listings in Wagtail: whose rows, which fields, draft and publication."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from organisaties import groups
from organisaties.actions import sync_groups
from organisaties.models import Organization
from organisaties.roles import Role
from sociale_kaart.forms import DaysWidget
from sociale_kaart.models import Service, ServiceAtLocation, TaxonomyTerm
from sociale_kaart.permissions import edited_organizations, may
from sociale_kaart.vocabulary import term_id
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import (
    LocationFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceAreaFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db

LIST, ADD, EDIT, PREVIEW = (
    f"wagtailsnippets_sociale_kaart_service:{name}" for name in ("list", "add", "edit", "preview_on_edit")
)
PK_VIEWS = ["edit", "delete", "usage", "history", "preview_on_edit", "unpublish"]
CHILDREN = ("phones", "schedules", "languages", "service_areas", "required_documents", "cost_options")


def editor_of(organization, role=Role.LISTING_EDITOR):
    user = MembershipFactory(organization=organization, role=role).user
    sync_groups(user)
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def service(vocabulary):
    return ServiceFactory(name="Blijven wonen", organization=OrganizationFactory(name="De Blauwe Deur"))


@pytest.fixture
def editor(service):
    return editor_of(service.organization)


@pytest.fixture
def bert(coordinator):
    sync_groups(coordinator)
    return type(coordinator).objects.get(pk=coordinator.pk)


def typed(service, **changes):
    """Give what the browser sends from the form of a listing; ticks travel as lists."""
    data = {
        "organization": service.organization_id,
        "name": service.name,
        "summary": service.summary,
        "status": service.status,
        "need_terms": [term_id("needs", "housing")],
        **{name: inline_formset([]) for name in CHILDREN},
        **changes,
    }
    ticks = {name: value for name, value in data.items() if isinstance(value, list)}
    rest = nested_form_data({name: value for name, value in data.items() if name not in ticks})
    return {**rest, **ticks}


def test_the_groups_have_their_permissions_after_every_migrate():
    mine = set(Group.objects.get(name=groups.LISTING_EDITORS).permissions.values_list("codename", flat=True))
    everything = set(Group.objects.get(name=groups.COORDINATORS).permissions.values_list("codename", flat=True))

    assert mine == {
        "access_admin", "add_service", "change_service", "publish_service", "view_service", "change_organization",
        "publish_organization", "view_organization", "add_location", "change_location", "view_location",
    }  # fmt: skip
    assert mine | {"delete_service", "delete_location", "add_organization", "change_lifedomain"} <= everything


def test_an_editor_sees_and_opens_only_listings_of_the_own_organization(service, editor, log_in):
    other = ServiceFactory(name="Van iemand anders")
    browser = log_in(editor)

    listed = browser.get(reverse(LIST)).content.decode()

    assert "Blijven wonen" in listed and "Van iemand anders" not in listed
    assert browser.get(reverse(EDIT, args=[service.pk])).status_code == 200
    for name in PK_VIEWS:
        url = reverse(f"wagtailsnippets_sociale_kaart_service:{name}", args=[other.pk])
        assert browser.get(url).status_code == 404, name


def test_an_editor_does_not_change_a_listing_of_another_by_post(service, editor, log_in):
    other = ServiceFactory(name="Van iemand anders")

    answer = log_in(editor).post(
        reverse(EDIT, args=[other.pk]), typed(other, name="Gekaapt", **{"action-publish": "1"})
    )

    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.name == "Van iemand anders"


def test_an_editor_does_not_delete(service, editor, log_in):
    url = reverse("wagtailsnippets_sociale_kaart_service:delete", args=[service.pk])

    log_in(editor).post(url)

    assert Service.objects.filter(pk=service.pk).exists()


def test_a_former_editor_has_no_listings_left(service, editor, log_in):
    editor.memberships.get().delete()

    assert not edited_organizations(editor).exists()
    assert log_in(editor).get(reverse(EDIT, args=[service.pk])).status_code == 404


def test_a_worker_without_that_role_does_not_get_in(service, log_in):
    worker = editor_of(service.organization, role=Role.FRONTLINE_WORKER)

    assert log_in(worker).get(reverse(LIST)).status_code == 302
    assert not may(worker, "change", service)


def test_a_coordinator_keeps_all_listings(service, bert, log_in):
    assert log_in(bert).get(reverse(EDIT, args=[service.pk])).status_code == 200
    assert may(bert, "delete", service)


@pytest.mark.parametrize("what", ["change", "publish"])
def test_the_verdict_says_who_may(service, editor, what):
    stranger = editor_of(OrganizationFactory())

    assert may(editor, what, service)
    assert may(stranger, what, service).reason == "Alleen een fichebeheerder van De Blauwe Deur kan dit."
    assert may(editor, "delete", service).reason == "Alleen een netwerkcoördinator kan dit."


def test_what_an_editor_publishes_stands_on_the_public_page_at_once(service, editor, log_in, client):
    place = LocationFactory(organization=service.organization, name="Loket Oostkamp")
    data = typed(
        service,
        name="Blijven wonen in Oostkamp",
        need_terms=[term_id("needs", "housing"), term_id("needs", "money")],
        group_terms=[term_id("target_groups", "tenants")],
        places=[place.pk],
        phones=inline_formset([{"number": "050 00 00 33", "description": "", "id": ""}]),
        schedules=inline_formset(
            [{"opens_at": "09:00", "closes_at": "12:00", "valid_from": "", "valid_to": "", "notes": ""}]
        ),
        service_areas=inline_formset([{"name": "Zedelgem"}]),
        languages=inline_formset([{"code": "ar"}]),
        **{"schedules-0-byday": ["MO", "TH"], "action-publish": "1"},
    )

    answer = log_in(editor).post(reverse(EDIT, args=[service.pk]), data)

    assert answer.url == reverse("sociale_kaart:listings")
    fresh = Service.objects.for_page().get(pk=service.pk)
    page = client.get(fresh.get_absolute_url()).content.decode()
    for words in (
        "Blijven wonen in Oostkamp",
        "050 00 00 33",
        "9\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}u.",
        "Arabisch",
        "Loket Oostkamp",
    ):
        assert words in page, words
    assert sorted(fresh.needs()) == ["housing", "money"]
    assert fresh.target_groups() == ["tenants"]
    assert [area.node for area in fresh.service_areas.all()] == ["municipality:31040"]
    assert fresh.schedules.get().byday == "MO,TH"


def test_who_presses_on_an_older_version_is_told_once_and_keeps_what_was_typed(service, editor, log_in):
    service.save_revision().publish()
    url, browser = reverse(EDIT, args=[service.pk]), log_in(editor)
    mine, theirs = (
        typed(service, name=name, **{"action-publish": "1"}, **loaded_in(browser, url)) for name in ("Mijn", "Hun")
    )
    browser.post(url, theirs)

    told = browser.post(url, mine)

    page = told.content.decode()
    assert "Iemand anders bewaarde dit intussen." in page and 'value="Mijn"' in page
    assert Service.objects.get(pk=service.pk).name == "Hun"
    browser.post(url, {**mine, **loaded_in(None, url, page)})
    assert Service.objects.get(pk=service.pk).name == "Mijn"


def loaded_in(browser, url, page=""):
    """Give the version that the form of a listing carries along, as a browser sends it."""
    page = page or browser.get(url).content.decode()
    return dict(re.findall(r'name="(loaded_revision_\w+)" value="([^"]*)"', page))


def test_a_draft_does_not_change_the_public_page_and_shows_in_the_preview(service, editor, log_in, client):
    browser = log_in(editor)

    browser.post(reverse(EDIT, args=[service.pk]), typed(service, name="Nieuwe naam in opbouw"))
    page = client.get(service.get_absolute_url()).content.decode()
    browser.post(reverse(PREVIEW, args=[service.pk]), typed(service, name="Nieuwe naam in opbouw"))
    drawn = browser.get(reverse(PREVIEW, args=[service.pk]))
    preview = drawn.content.decode()

    assert "Nieuwe naam in opbouw" not in page
    assert "Nieuwe naam in opbouw" in preview and "Is dit iets voor jou?" not in preview
    assert 'class="public"' in preview
    assert "frame-ancestors 'self'" in drawn.headers["Content-Security-Policy"]
    assert service.revisions.count() == 1


def test_the_preview_of_an_organization_shows_its_page(service, editor, log_in):
    url = reverse("wagtailsnippets_organisaties_organization:preview_on_edit", args=[service.organization_id])
    data = nested_form_data({"name": "De Blauwe Deur vzw", "description": "Huurhulp.", "phones": inline_formset([])})
    browser = log_in(editor)

    browser.post(url, data)
    page = browser.get(url).content.decode()

    assert "De Blauwe Deur vzw" in page and "Blijven wonen" in page


def test_what_hangs_on_a_listing_keeps_its_rows(service, editor, log_in):
    phone = PhoneFactory(service=service, number="050 00 00 33")
    offer = ServiceAtLocationFactory(service=service, location=LocationFactory())
    ScheduleFactory(service=None, service_at_location=offer)
    phones = inline_formset([{"id": phone.pk, "number": "050 00 00 34", "description": ""}], initial=1)
    data = typed(service, phones=phones, places=[offer.location_id], **{"action-publish": "1"})

    log_in(editor).post(reverse(EDIT, args=[service.pk]), data)

    phone.refresh_from_db()
    assert phone.number == "050 00 00 34"
    assert ServiceAtLocation.objects.get(service=service).pk == offer.pk
    assert offer.schedules.count() == 1


def test_the_first_number_of_the_form_is_the_one_to_call(service, editor, log_in):
    numbers = ["050 00 00 31", "050 00 00 32", "050 00 00 33"]
    rows = inline_formset([{"number": number, "description": "", "ORDER": at} for at, number in enumerate(numbers, 1)])

    log_in(editor).post(reverse(EDIT, args=[service.pk]), typed(service, phones=rows, **{"action-publish": "1"}))

    fresh = Service.objects.for_page().get(pk=service.pk)
    assert [phone.number for phone in fresh.phones.all()] == numbers
    assert fresh.main_phone().number == numbers[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"service_areas": inline_formset([{"name": "Herstberge"}])}, "We kennen ‘Herstberge’ niet."),
        ({"schedules": inline_formset([{"opens_at": "09:00"}])}, "Vul beide uren in"),
        ({"schedules": inline_formset([{"opens_at": ""}]), "schedules-0-byday": ["MO"]}, "Vul de uren in."),
        ({"schedules": inline_formset([{"opens_at": "09:00", "closes_at": "12:00"}])}, "Op welke dagen?"),
        ({"schedules": inline_formset([{"valid_from": "0001-01-01", "notes": "Dicht"}])}, "Het jaar 1 kan niet"),
        ({"assured_date": "0999-01-01"}, "Het jaar 999 kan niet"),
        ({"need_terms": ["money", "housing", "work", "law"]}, "Kies hoogstens 3 onderwerpen."),
        ({"phones": inline_formset([{"number": "bel mij"}])}, "Dit is geen nummer om te bellen."),
        ({"phones": inline_formset([{"number": "85073003328"}])}, "Dit lijkt een rijksregisternummer."),
        ({"schedules": inline_formset([{"opens_at": "", "notes": "zie 85.07.30-033.28"}])}, "Dit lijkt een rijks"),
        ({"minimum_age": "90", "maximum_age": "10"}, "De hoogste leeftijd komt voor de laagste."),
        ({"minimum_age": "-5"}, "Dit is geen leeftijd."),
        ({"assured_date": "2099-01-01"}, "Deze dag moet nog komen."),
        ({"worker_text": "Vraag naar rr 85.07.30-033.28"}, "Dit lijkt een rijksregisternummer."),
    ],
)
def test_a_mistake_is_told_at_the_field_and_nothing_typed_is_lost(service, editor, log_in, changes, sentence):
    if "need_terms" in changes:
        changes = {"need_terms": [term_id("needs", code) for code in changes["need_terms"]]}
    data = typed(service, **{"name": "Mijn lange tekst", **changes, "action-publish": "1"})

    answer = log_in(editor).post(reverse(EDIT, args=[service.pk]), data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "Mijn lange tekst" in page


def test_a_name_that_nobody_can_see_is_no_name(service, editor, log_in):
    data = typed(service, **{"name": "\u200b\u200b", "action-publish": "1"})

    answer = log_in(editor).post(reverse(EDIT, args=[service.pk]), data)

    assert answer.status_code == 200
    assert "Vul dit in." in answer.content.decode()
    assert Service.objects.get(pk=service.pk).name == "Blijven wonen"


def test_a_new_listing_belongs_to_an_own_organization(service, editor, log_in):
    foreign = ServiceFactory()

    answer = log_in(editor).post(reverse(ADD), typed(foreign, name="Onder een vreemde vlag", **{"action-publish": "1"}))
    log_in(editor).post(reverse(ADD), typed(service, name="Nieuw bij ons", **{"action-publish": "1"}))

    assert answer.status_code == 200
    assert not Service.objects.filter(name="Onder een vreemde vlag").exists()
    assert Service.objects.get(name="Nieuw bij ons").organization == service.organization


def test_only_a_coordinator_changes_the_duty_of_silence(service, editor, bert, log_in):
    url = reverse("wagtailsnippets_organisaties_organization:edit", args=[service.organization_id])
    data = nested_form_data(
        {
            "name": "De Blauwe Deur", "secrecy_regime": "professional", "partner_type": "core", "kind": "", "inbox": "",
            "phones": inline_formset([]), "action-publish": "1",
        }
    )  # fmt: skip

    log_in(editor).post(url, data)
    assert Organization.objects.get(pk=service.organization_id).secrecy_regime == "discretion"

    log_in(bert).post(url, data)
    assert Organization.objects.get(pk=service.organization_id).secrecy_regime == "professional"


def test_a_place_of_another_organization_is_not_offered(service, editor, log_in):
    LocationFactory(organization=OrganizationFactory(), name="Vreemd loket")
    LocationFactory(organization=service.organization, name="Eigen loket")

    page = log_in(editor).get(reverse(EDIT, args=[service.pk])).content.decode()

    assert "Eigen loket" in page and "Vreemd loket" not in page


def test_a_place_off_the_globe_is_told_at_the_field(service, editor, log_in):
    place = LocationFactory(organization=service.organization)
    rows = {name: inline_formset([]) for name in ("addresses", "accessibility", "phones", "schedules")}
    typed_in = nested_form_data({"organization": place.organization_id, "name": "Loket", "latitude": "511.5", **rows})

    page = log_in(editor).post(reverse("wagtailsnippets_sociale_kaart_location:edit", args=[place.pk]), typed_in)

    assert page.context["form"].errors == {"latitude": ["Dit ligt nergens op aarde. Voorbeeld: 51.1545."]}
    assert "breedtegraad" in page.content.decode()


@pytest.mark.parametrize("model", ["location", "taxonomyterm", "lifedomain"])
def test_a_coordinator_opens_every_screen(service, bert, log_in, model):
    LocationFactory(organization=service.organization)
    browser = log_in(bert)

    listed = browser.get(reverse(f"wagtailsnippets_sociale_kaart_{model}:list"))
    row = listed.context["object_list"][0]

    assert browser.get(reverse(f"wagtailsnippets_sociale_kaart_{model}:edit", args=[row.pk])).status_code == 200


def test_an_editor_may_not_touch_the_words_of_everyone(editor, log_in):
    term = TaxonomyTerm.objects.needs().first()

    answer = log_in(editor).get(reverse("wagtailsnippets_sociale_kaart_taxonomyterm:edit", args=[term.pk]))

    assert answer.status_code == 302


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_listings_costs_the_same_for_1_and_30(service, editor, log_in, django_assert_num_queries, rows):
    for _number in range(rows):
        ServiceFactory(organization=service.organization)
    browser = log_in(editor)
    browser.get(reverse(LIST))

    with django_assert_num_queries(15):
        browser.get(reverse(LIST))


def test_the_days_widget_keeps_a_part_that_is_no_plain_day():
    widget = DaysWidget()

    drawn = widget.render("byday", "1MO,TU")

    assert 'value="1MO" checked' in drawn and 'value="TU" checked' in drawn
    assert widget.value_from_datadict({"byday": ["1MO", "WE"]}, {}, "byday") == "1MO,WE"


def test_an_unknown_area_of_an_import_keeps_its_node():
    area = ServiceAreaFactory(name="Groot-Brugge en omstreken", node="municipality:31005")

    area.save()

    assert area.node == "municipality:31005"
