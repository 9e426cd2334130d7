"""The quick road on one page: three ways on, and nothing typed is ever lost."""

import uuid

import pytest

from clienten.models import ClientCard
from core.models import AuditEvent
from core.privacy import NATIONAL_NUMBER_MESSAGE
from organisaties.roles import Role
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from vraagverheldering.forms import tidy_wish
from vraagverheldering.models import ClarifiedQuestion, Conversation

pytestmark = pytest.mark.django_db
URL = "/gesprekken/nieuw/"
TEXTS = ("first_name", "phone", "contact_note", "said", "wish", "household", "income", "debts", "tried")


def typed(**more):
    return {
        "form_key": str(uuid.uuid4()), "first_name": "Joris", "phone": "0470 00 00 48", "said": "Ze sluiten mij af.",
        "wish": "dat zijn stroom niet afgesloten wordt", "urgency": "routine", "road": "help", **more,
    }  # fmt: skip


def text(answer):
    return " ".join(answer.text.split())


def test_four_typed_fields_and_one_click_lead_to_the_search_for_help(page, organization, worker):
    answer = page.post(URL, typed())

    question = ClarifiedQuestion.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/vragen/{question.pk}/zoeken/"
    assert question.title("Joris") == "Joris wil dat zijn stroom niet afgesloten wordt"
    assert question.conversation.organization == organization
    assert question.conversation.worker == worker
    assert question.rights == "postponed"


def test_the_first_page_presets_the_normal_clock_and_asks_two_things(page):
    answer = page.get(URL)

    assert answer.status_code == 200
    assert (
        'value="routine" id="id_urgency_0" checked' in text(answer)
        or answer.context["form"]["urgency"].value() == "routine"
    )
    required = [name for name, field in answer.context["form"].fields.items() if field.required]
    assert required == ["first_name", "urgency"]


def test_rights_first_leads_to_the_rights_of_this_talk(page):
    answer = page.post(URL, typed(road="rights"))

    assert answer.url == f"/gesprekken/{Conversation.objects.get().pk}/rechten/"


def test_the_broad_road_takes_the_same_fields_along_and_asks_no_wish(page):
    answer = page.post(URL, typed(road="broad", wish=""))

    talk = Conversation.objects.get()
    assert answer.url == f"/gesprekken/{talk.pk}/"
    assert (talk.mode, talk.words.get().text, talk.client.phone) == ("broad", "Ze sluiten mij af.", "0470 00 00 48")


def test_the_broad_road_does_not_drop_what_was_typed_under_more(page):
    answer = page.post(URL, typed(road="broad", wish="", debts="1.200 euro"))

    assert "wish" in answer.context["form"].errors
    assert "1.200 euro" in answer.text
    assert not Conversation.objects.exists()


def test_crisis_help_stands_on_the_page_and_writes_nothing_down(page):
    before = AuditEvent.objects.count()

    words = text(page.get(URL))

    assert all(f"tel:{number}" in words for number in ("112", "1813", "1712", "106"))
    assert "slaapplaats" in words
    assert AuditEvent.objects.count() == before


def test_a_double_click_makes_one_talk(page):
    twice = typed()

    first, second = page.post(URL, twice), page.post(URL, twice)

    assert first.url == second.url
    assert ClientCard.objects.count() == 1


def test_without_a_wish_the_page_says_so_at_the_field_and_keeps_the_rest(page):
    answer = page.post(URL, typed(wish=""))

    assert list(answer.context["form"].errors) == ["wish"]
    assert "Ze sluiten mij af." in answer.text
    assert "0470 00 00 48" in answer.text


@pytest.mark.parametrize("number", ["90.01.01-123.45", "90010112345", "90 01 01 123 45"])
def test_a_national_number_is_refused_in_every_field(number, page):
    answer = page.post(URL, typed(**dict.fromkeys(TEXTS, f"nummer {number}")))

    errors = answer.context["form"].errors
    assert {tuple(errors[field]) for field in TEXTS} == {(str(NATIONAL_NUMBER_MESSAGE),)}
    assert answer.text.count(f"nummer {number}") == len(TEXTS)
    assert not ClientCard.objects.exists()


def test_a_text_that_is_too_long_says_how_long_and_is_kept_whole(page):
    long = "lang verhaal " * 400

    answer = page.post(URL, typed(**dict.fromkeys(TEXTS, long)))

    form = answer.context["form"]
    for field in TEXTS:
        (error,) = form.errors[field]
        assert "hoogstens" in error
        assert str(len(long.strip())) in error
        assert form[field].value().strip() == long.strip()
        assert "maxlength" not in form[field].as_widget()
    assert not ClientCard.objects.exists()


def test_html_is_shown_as_text(page):
    page.post(URL, typed(first_name="<b>Joris</b>", wish="<script>alert(1)</script> rust"))

    words = page.get(f"/gesprekken/{Conversation.objects.get().pk}/vraag/").text
    assert "<script>alert(1)" not in words
    assert "&lt;b&gt;Joris&lt;/b&gt;" in words


@pytest.mark.parametrize(
    ("wish", "kept"),
    [
        ("dat het stopt.", "dat het stopt"),
        ("wil dat het stopt", "dat het stopt"),
        ("Ik wil   een huis", "een huis"),
        ("wilgen snoeien", "wilgen snoeien"),
    ],
)
def test_a_wish_finishes_its_sentence(wish, kept, page):
    page.post(URL, typed(wish=wish))

    assert ClarifiedQuestion.objects.get().wish == kept


@pytest.mark.parametrize("place", ["8210", "Loppem", "8210 Zedelgem", "zedelgem"])
def test_a_place_is_understood_as_people_write_it(place, page):
    page.post(URL, typed(municipality=place))

    assert ClientCard.objects.get().municipality.name == "Zedelgem"


def test_a_place_that_nobody_knows_gets_the_nearest_name(page):
    answer = page.post(URL, typed(municipality="Zedelgm"))

    (error,) = answer.context["form"].errors["municipality"]
    assert "Zedelgem" in error
    assert "Zedelgm" in answer.text


def test_someone_the_team_knows_is_found_by_first_name(page, organization):
    mine = ClientCardFactory(organization=organization, first_name="Joris", last_name="Eigen")
    ClientCardFactory(first_name="Joris", last_name="Elders")

    answer = page.post(URL, typed(first_name="jor", look="1"))

    assert f"?persoon={mine.pk}" in answer.text
    assert "Elders" not in answer.text
    assert "Ze sluiten mij af." in answer.text
    assert not Conversation.objects.exists()


def test_a_name_that_the_team_does_not_know_is_said_and_nothing_typed_is_lost(page):
    answer = page.post(URL, typed(look="1"))

    assert "Je team kent niemand met de naam Joris." in answer.text
    assert 'value="0470 00 00 48"' in answer.text
    assert not answer.context["form"].errors


def test_choosing_a_known_person_keeps_what_was_typed(page, organization):
    card = ClientCardFactory(organization=organization)

    answer = page.post(f"{URL}?persoon={card.pk}", typed(look="1"))

    assert "Wat wil Amina?" in answer.text
    assert "Ze sluiten mij af." in answer.text


def test_a_known_person_is_not_asked_for_a_name_again(page, organization):
    card = ClientCardFactory(organization=organization)

    answer = page.get(URL, {"persoon": str(card.pk)})
    page.post(f"{URL}?persoon={card.pk}", typed())

    assert "first_name" not in answer.context["form"].fields
    assert "Wat wil Amina?" in answer.text
    assert Conversation.objects.get().client == card
    assert ClientCard.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["elders", "geen-nummer"])
def test_someone_of_another_house_is_not_there(person, method, page):
    pk = str(ClientCardFactory().pk) if person == "elders" else person

    answer = getattr(page, method)(f"{URL}?persoon={pk}", typed() if method == "post" else None)

    assert answer.status_code == 404
    assert not Conversation.objects.exists()


def test_who_works_in_two_houses_chooses_for_which_one(page, worker):
    second = OrganizationFactory(name="Zorgkas", worker=worker)

    asked = page.post(URL, typed())
    page.post(URL, typed(organization=second.pk))

    assert "organization" in asked.context["form"].errors
    assert Conversation.objects.get().organization == second


def test_a_house_that_is_not_mine_cannot_be_chosen(page, worker):
    OrganizationFactory(worker=worker)

    answer = page.post(URL, typed(organization=OrganizationFactory().pk))

    assert "organization" in answer.context["form"].errors
    assert not Conversation.objects.exists()


def test_who_does_not_work_with_clients_finds_no_page(log_in, organization):
    editor = MembershipFactory(organization=organization, role=Role.LISTING_EDITOR).user

    assert log_in(editor).get(URL).status_code == 404


@pytest.mark.parametrize(
    ("typed", "name", "kept"),
    [
        ("Ze wil haar huis houden.", "", "haar huis houden"),
        ("hij/zij wil graag een adres", "", "een adres"),
        ("Amina wil blijven wonen", "Amina", "blijven wonen"),
        ("ik wil rust", "Amina", "rust"),
        ("wil  rust", "", "rust"),
        ("dat haar zoon wil leren lezen", "Amina", "dat haar zoon wil leren lezen"),
        ("zoon wil leren lezen", "Amina", "zoon wil leren lezen"),
        ("wil", "", "wil"),
        ("wilskracht terugvinden", "", "wilskracht terugvinden"),
    ],
)
def test_a_wish_finishes_the_sentence_that_began(typed, name, kept):
    assert tidy_wish(typed, name) == kept


def test_who_is_looked_up_shows_no_bare_number_and_is_written_down(page, organization, worker):
    card = ClientCardFactory(organization=organization, first_name="Joris", phone="0470 11 22 33", no_voicemail=True)

    answer = page.post(URL, typed(first_name="jor", phone="", look="1"))

    line = AuditEvent.objects.get(action="client.read")
    assert "0470 11 22 33" not in answer.text
    assert (line.subject_id, line.actor, line.details["page"]) == (str(card.pk), str(worker.pk), "look")


def test_how_to_reach_a_known_person_is_said_with_the_rules_and_written_down(page, organization):
    card = ClientCardFactory(organization=organization, no_voicemail=True)

    answer = page.get(URL, {"persoon": str(card.pk)})

    assert "Nooit een bericht inspreken." in text(answer)
    assert AuditEvent.objects.get(action="client.read").subject_id == str(card.pk)
