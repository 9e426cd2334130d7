"""The card of a client on screen: the least, reached safely, seen by the own team only."""

import pytest

from core.models import AuditEvent
from core.privacy import NATIONAL_NUMBER_MESSAGE
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory, ConversationFactory

pytestmark = pytest.mark.django_db
CARD_QUERIES = 12
TEXTS = ("first_name", "last_name", "phone", "contact_note", "household")


@pytest.fixture
def card(organization):
    return ClientCardFactory(organization=organization, no_voicemail=True, language="ar")


@pytest.fixture
def page(worker, log_in):
    return log_in(worker)


def shown(page, card):
    form = page.get(f"/clienten/{card.pk}/wijzigen/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "on" if value is True else str(value or "") for name, value in values.items() if value is not False}


def test_the_card_says_first_how_to_reach_safely(page, card):
    words = page.get(card.get_absolute_url()).text

    assert "Nooit een bericht inspreken." in words
    assert "Na 16 uur, niet op woensdag" in words
    assert "Arabisch" in words
    assert words.index("Veilig bereiken") < words.index("Wat we weten")


def test_reading_a_card_writes_a_line(page, card, worker, organization):
    page.get(card.get_absolute_url())

    line = AuditEvent.objects.order_by("sequence").last()
    assert (line.action, line.actor, line.organization) == ("client.read", str(worker.pk), organization.pk)
    assert line.subject_id == str(card.pk)


def test_talks_and_questions_of_this_person_stand_on_the_card(page, card, worker):
    talk = ConversationFactory(client=card, organization=card.organization, worker=worker)
    question = ClarifiedQuestionFactory(conversation=talk, client=card)
    ConversationFactory(organization=card.organization, worker=worker, client__first_name="Joris")

    words = page.get(card.get_absolute_url()).text

    assert f"Amina wil {question.wish}" in words
    assert talk.get_absolute_url() in words
    assert "Joris" not in words


@pytest.mark.parametrize("rows", [1, 20])
def test_the_card_costs_the_same_for_one_and_twenty_talks(rows, page, card, worker, django_assert_num_queries):
    for _number in range(rows):
        talk = ConversationFactory(client=card, organization=card.organization, worker=worker)
        ClarifiedQuestionFactory(conversation=talk, client=card)
    page.get(card.get_absolute_url())

    with django_assert_num_queries(CARD_QUERIES):
        page.get(card.get_absolute_url())


def test_the_safe_contact_profile_is_changed(page, card):
    data = shown(page, card)
    del data["no_voicemail"]

    answer = page.post(
        f"/clienten/{card.pk}/wijzigen/", {**data, "contact_note": "Vraag naar Amina", "municipality": "8210"}
    )

    card.refresh_from_db()
    assert answer.url == card.get_absolute_url()
    assert (card.contact_note, card.no_voicemail, card.municipality.name) == ("Vraag naar Amina", False, "Zedelgem")
    line = AuditEvent.objects.order_by("sequence").last()
    assert line.action == "client.changed"
    assert line.details["fields"] == ["contact_note", "municipality", "no_voicemail"]


def test_saving_without_a_change_writes_no_line(page, card):
    data = shown(page, card)
    before = AuditEvent.objects.count()

    page.post(f"/clienten/{card.pk}/wijzigen/", data)

    assert AuditEvent.objects.count() == before


def test_a_national_number_is_refused_in_every_field(page, card):
    typed = dict.fromkeys(TEXTS, "nr 90.01.01-123.45")

    answer = page.post(f"/clienten/{card.pk}/wijzigen/", {**shown(page, card), **typed})

    card.refresh_from_db()
    errors = answer.context["form"].errors
    assert {tuple(errors[field]) for field in TEXTS} == {(str(NATIONAL_NUMBER_MESSAGE),)}
    assert answer.text.count("90.01.01-123.45") == len(TEXTS)
    assert card.first_name == "Amina"


def test_a_card_without_a_name_is_refused_and_keeps_the_rest(page, card):
    answer = page.post(
        f"/clienten/{card.pk}/wijzigen/", {**shown(page, card), "first_name": "", "household": "Met Yusuf"}
    )

    assert "Schrijf een voornaam." in answer.text
    assert "Met Yusuf" in answer.text


def test_two_colleagues_in_one_card_see_both_texts(page, card, organization, log_in):
    other = log_in(MembershipFactory(organization=organization, user__first_name="Noor").user)
    mine, theirs = shown(page, card), shown(other, card)
    other.post(f"/clienten/{card.pk}/wijzigen/", {**theirs, "phone": "0470 00 00 71", "household": "Met Yusuf"})

    answer = page.post(f"/clienten/{card.pk}/wijzigen/", {**mine, "phone": "0470 00 00 72", "last_name": "El Idrissi"})

    (clash,) = answer.context["clashes"]
    card.refresh_from_db()
    assert (clash.theirs, clash.mine, clash.who) == ("0470 00 00 71", "0470 00 00 72", "Noor")
    assert (card.phone, card.household, card.last_name) == ("0470 00 00 71", "Met Yusuf", "El Idrissi")
    # Two numbers in one line would be a number of nobody.
    assert answer.context["form"]["phone"].value() == "0470 00 00 72"


def test_html_is_shown_as_text(page, organization):
    card = ClientCardFactory(organization=organization, first_name="<script>alert(1)</script>")

    assert "<script>alert(1)" not in page.get(card.get_absolute_url()).text
