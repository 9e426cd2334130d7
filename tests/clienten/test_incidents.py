"""The register of incidents: noted with the hours that run, decided once with a reason, told again until it is done."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clienten.incidents import actions
from clienten.models import About, Incident, IncidentKind, IncidentLine, TouchedPerson
from clienten.rights_of_subject import exporting
from clienten.rights_of_subject.erasing import erase
from core import audit
from core.errors import NotAllowed, Refusal
from core.models import AuditEvent, OutgoingMail
from doorverwijzing import watchers
from organisaties.roles import Role
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
KNOWN = timezone.make_aware(datetime(2026, 11, 24, 10))
STORY = {"what": "KANARIE lag open op de balie", "effects": "Iemand las een adres", "measures": "Blad weggenomen"}
OVERVIEW = "/gegevens/voorvallen/"
OVERVIEW_QUERIES, PAGE_QUERIES = 7, 11


@pytest.fixture
def card(organization):
    return ClientCardFactory(organization=organization)


@pytest.fixture
def contact(organization):
    return MembershipFactory(
        organization=organization, role=Role.DATA_PROTECTION_CONTACT, user__email="dpo@huis.example"
    ).user


@pytest.fixture
def noted(organization, card, contact, time_machine):
    """Give an incident that was noticed just now."""
    time_machine.move_to(KNOWN, tick=False)
    return note(organization, card, by=contact)


def note(organization, *cards, by):
    return actions.note(
        organization, kind=IncidentKind.SEEN, known_at=KNOWN, began_on=KNOWN.date(), people=1, cards=cards, by=by,
        **STORY,
    )  # fmt: skip


def typed(**more):
    day = {"known_on": "2026-11-24", "hour": "09:30", "began_on": "2026-11-23"}
    return {"kind": "lost", "people": "3", "cards": "", **STORY, **day, **more}


def test_what_happened_is_noted_and_the_hours_run_from_when_it_was_known(
    organization, card, contact, log_in, time_machine
):
    time_machine.move_to(KNOWN, tick=False)
    lead = MembershipFactory(organization=organization, role=Role.TEAM_LEAD, user__email="els@huis.example").user
    address = reverse("clienten:note_incident", args=[organization.pk])

    sent = log_in(contact).post(address, typed(cards=f"https://huis.example/clienten/{card.pk}/\n"))

    incident, mail = Incident.objects.get(), OutgoingMail.objects.get()
    known = KNOWN - timedelta(minutes=30)
    assert sent.url == incident.get_absolute_url()
    assert incident.undecided() == {
        About.PARTNERS: known + timedelta(hours=24), About.SUPERVISOR: known + timedelta(hours=72),
        About.PEOPLE: known + timedelta(hours=72),
    }  # fmt: skip
    assert incident.due_at == known + timedelta(hours=24)
    assert [one.card for one in incident.touched.all()] == [card]
    assert mail.to == lead.email
    assert not [word for word in ("Amina", "KANARIE", str(card.pk)) if word in mail.subject + mail.body]
    line = AuditEvent.objects.get(action="incident.noted")
    assert (line.details["cards"], "KANARIE" in str(line.details)) == ([str(card.pk)], False)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"hour": "11:30"}, "Dit moment moet nog komen."), ({"began_on": "2026-11-25"}, "Het kan niet beginnen nadat"),
        ({"cards": "Amina"}, "Regel 1 is geen kaart van jullie"), ({"what": ""}, "Schrijf wat er gebeurde."),
        ({"what": "85.07.30-033.28"}, "rijksregisternummer"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(organization, contact, log_in, time_machine, more, words):
    time_machine.move_to(KNOWN, tick=False)

    page = log_in(contact).post(reverse("clienten:note_incident", args=[organization.pk]), typed(**more))

    assert words in page.text
    assert STORY["effects"] in page.text
    assert not Incident.objects.exists()


def test_a_card_of_another_house_is_no_card_of_ours(organization, contact, log_in, time_machine):
    time_machine.move_to(KNOWN, tick=False)
    theirs = ClientCardFactory()

    page = log_in(contact).post(reverse("clienten:note_incident", args=[organization.pk]), typed(cards=f"{theirs.pk}"))

    assert "Regel 1 is geen kaart van jullie" in page.text


def test_each_is_decided_about_once_with_a_reason_and_then_nothing_waits(noted, contact, log_in):
    browser, page = log_in(contact), noted.get_absolute_url()
    assert [wait.url for wait in watchers.waiting(contact)] == [page]

    for about, told in ((About.SUPERVISOR, "yes"), (About.PARTNERS, "no"), (About.PEOPLE, "yes")):
        assert browser.post(page, {"about": about, "told": told, "text": f"Reden {about}"}).status_code == 302

    noted.refresh_from_db()
    shown = browser.get(page).text
    lines = AuditEvent.objects.filter(action="incident.decided").order_by("sequence")
    assert noted.due_at is None
    assert not watchers.waiting(contact)
    assert [(line.details["about"], line.details["told"]) for line in lines] == [
        ("supervisor", True), ("partners", False), ("people", True)
    ]  # fmt: skip
    assert {"Reden supervisor", "Reden partners", "Reden people"} == {
        words for words in ("Reden supervisor", "Reden partners", "Reden people") if words in shown
    }
    assert not list(audit.verify())


def test_a_second_decision_says_who_was_first_and_loses_no_words(noted, contact, log_in):
    actions.write(noted, about=About.PARTNERS, told=False, text="Raakt hen niet", by=contact)

    late = log_in(contact).post(noted.get_absolute_url(), {"about": "partners", "told": "yes", "text": "Toch gebeld"})

    assert "Een collega was eerst" in late.text
    assert "Toch gebeld" in late.text
    assert noted.lines.get().text == "Raakt hen niet"
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentLine.objects.create(incident=noted, about=About.PARTNERS, told=True, text="x")


def test_a_decision_without_a_reason_is_none_and_more_is_added_without_a_change(noted, contact, log_in):
    browser, page = log_in(contact), noted.get_absolute_url()

    assert "Schrijf waarom" in browser.post(page, {"about": "people", "told": "no", "text": ""}).text
    browser.post(page, {"about": "learned", "text": "Het waren er vier"})

    assert [(line.about, line.text) for line in noted.lines.all()] == [(About.LEARNED, "Het waren er vier")]
    assert browser.post(page, {"about": "nobody"}).status_code == 404


@pytest.mark.parametrize("who", ["worker", "stranger", "coordinator"])
def test_who_does_not_answer_for_the_data_finds_no_register(noted, organization, who, request, log_in):
    someone = request.getfixturevalue(who)
    browser = log_in(someone)

    for address in (OVERVIEW, noted.get_absolute_url(), reverse("clienten:note_incident", args=[organization.pk])):
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code in (404, 405)
    with pytest.raises(NotAllowed):
        note(organization, by=someone)
    with pytest.raises(NotAllowed):
        actions.write(noted, about=About.PEOPLE, told=False, text="x", by=someone)


def test_who_answers_elsewhere_finds_neither(noted, organization, log_in):
    browser = log_in(MembershipFactory(role=Role.DATA_PROTECTION_CONTACT).user)

    assert browser.get(noted.get_absolute_url()).status_code == 404
    assert browser.get(reverse("clienten:note_incident", args=[organization.pk])).status_code == 404
    assert "KANARIE" not in browser.get(OVERVIEW).text


def test_every_night_it_is_told_until_all_is_decided(noted, contact, time_machine):
    OutgoingMail.objects.all().delete()
    for day in (1, 1, 2):
        time_machine.move_to(KNOWN.replace(hour=3) + timedelta(days=day), tick=False)
        actions.night()
    assert OutgoingMail.objects.count() == 2

    for about in (About.PARTNERS, About.SUPERVISOR, About.PEOPLE):
        actions.write(noted, about=about, told=True, text="Gebeld", by=contact)
    time_machine.move_to(KNOWN + timedelta(days=3), tick=False)

    assert actions.night() == {"reminded": 0, "forgotten": 0}


def test_it_goes_five_years_after_all_was_decided_and_never_before(noted, contact, time_machine):
    time_machine.move_to(KNOWN.replace(year=2032), tick=False)
    assert actions.night()["forgotten"] == 0

    for about in (About.PARTNERS, About.SUPERVISOR, About.PEOPLE):
        actions.write(noted, about=about, told=True, text="Gebeld", by=contact)

    assert actions.night()["forgotten"] == 1
    assert not Incident.objects.exists()
    assert AuditEvent.objects.filter(action="incident.forgotten").exists()


def test_whom_it_touches_reads_so_in_the_own_file_and_goes_when_erased(noted, card, contact):
    made = exporting.file_of(card, by=contact)
    assert "Voorvallen die je gegevens raakten" in [part["title"] for part in made["parts"]]

    erase(card, by=contact)

    assert not TouchedPerson.objects.exists()
    assert Incident.objects.get().people == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_register_and_a_page_of_it_cost_the_same_for_one_and_for_thirty(
    rows, organization, contact, log_in, time_machine, django_assert_num_queries
):
    time_machine.move_to(KNOWN, tick=False)
    cards = [ClientCardFactory(organization=organization) for _one in range(rows)]
    for _one in range(rows):
        incident = note(organization, *cards, by=contact)
    for number in range(rows):
        actions.write(incident, about=About.LEARNED, text=str(number), by=contact)
    browser = log_in(contact)
    browser.get(OVERVIEW)

    with django_assert_num_queries(OVERVIEW_QUERIES):
        overview = browser.get(OVERVIEW).text
    with django_assert_num_queries(PAGE_QUERIES):
        page = browser.get(incident.get_absolute_url()).text

    assert overview.count('class="wait"') == rows
    assert page.count('/gegevens/">') >= rows


def test_a_refusal_is_raised_for_a_decision_that_was_taken(noted, contact):
    actions.write(noted, about=About.PEOPLE, told=False, text="x", by=contact)

    with pytest.raises(Refusal):
        actions.write(noted, about=About.PEOPLE, told=True, text="x", by=contact)
