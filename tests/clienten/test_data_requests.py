"""What a person asks about the own data: noted by whoever hears it, answered in time and with a reason, and kept."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clienten import rules
from clienten.models import Outcome, RequestKind, SubjectRequest
from clienten.rights_of_subject import asking
from clienten.rights_of_subject.erasing import erase
from core import audit
from core.errors import NotAllowed, Refusal
from core.models import AuditEvent, OutgoingMail
from organisaties.roles import Role
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
WHY = "KANARIE wil niet dat haar zus dit leest"
REASON = "Nee: er loopt een zaak. Je kan naar de toezichthouder."
QUEUE_QUERIES = 8


@pytest.fixture
def card(organization):
    return ClientCardFactory(organization=organization, first_name="Amina")


@pytest.fixture
def contact(organization):
    return MembershipFactory(
        organization=organization, role=Role.DATA_PROTECTION_CONTACT, user__email="dpo@huis.example"
    ).user


@pytest.fixture
def asked(card, contact):
    """Give an objection that was made today."""
    return asking.note(card, kind=RequestKind.OBJECT, asked_on=timezone.localdate(), words=WHY, by=contact)


def page_of(request):
    return reverse("clienten:answer_request", args=[request.card_id, request.pk])


@pytest.mark.parametrize(
    ("asked_on", "openness", "longer", "until"),
    [
        (date(2026, 2, 10), False, False, date(2026, 3, 10)), (date(2026, 1, 31), False, False, date(2026, 2, 28)),
        (date(2026, 11, 30), False, True, date(2027, 2, 28)), (date(2026, 12, 1), False, False, date(2027, 1, 1)),
        (date(2026, 2, 10), True, False, date(2026, 3, 2)), (date(2026, 2, 10), True, True, date(2026, 3, 22)),
    ],
)  # fmt: skip
def test_the_law_gives_a_month_and_two_more_or_twenty_days_and_twenty_more(asked_on, openness, longer, until):
    assert rules.answer_by(asked_on, openness=openness, longer=longer) == until


def test_a_worker_notes_what_someone_asks_and_who_answers_hears_it_without_a_name(card, worker, contact, log_in):
    browser = log_in(worker)
    address = reverse("clienten:ask", args=[card.pk])
    assert address in browser.get(card.get_absolute_url()).text

    sent = browser.post(address, {"kind": "object", "words": WHY, "asked_on": timezone.localdate().isoformat()})

    noted, mail = SubjectRequest.objects.get(), OutgoingMail.objects.get()
    assert (sent.url, noted.kind, noted.words) == (card.get_absolute_url(), RequestKind.OBJECT, WHY)
    assert (noted.noted_by, noted.answer_by) == (worker, rules.months_on(timezone.localdate(), 1))
    assert mail.to == contact.email
    assert "/gegevens/" in mail.body
    assert not [word for word in ("Amina", "KANARIE", str(card.pk)) if word in mail.subject + mail.body]
    assert browser.get(page_of(noted)).status_code == 404


def test_noting_the_same_twice_is_one_request_and_one_mail(card, worker, contact, log_in):
    browser, today = log_in(worker), timezone.localdate().isoformat()
    typed = {"kind": "object", "words": WHY, "asked_on": today}

    for _press in range(2):
        browser.post(reverse("clienten:ask", args=[card.pk]), typed)
    browser.post(reverse("clienten:ask", args=[card.pk]), {**typed, "words": "Iets anders."})

    assert [noted.words for noted in SubjectRequest.objects.order_by("created_at")] == [WHY, "Iets anders."]
    assert OutgoingMail.objects.count() == 2


def test_a_question_nobody_may_answer_is_asked_to_who_can_name_someone(card, worker):
    MembershipFactory(role=Role.NETWORK_COORDINATOR, user__email="netwerk@regio.example")

    asking.note(card, kind=RequestKind.ACCESS, asked_on=timezone.localdate(), by=worker)

    assert [mail.to for mail in OutgoingMail.objects.all()] == ["netwerk@regio.example"]


def test_an_answer_has_its_reason_and_its_day_in_the_chain_and_no_words(asked, contact, log_in):
    browser = log_in(contact)
    assert WHY in browser.get(page_of(asked)).text

    browser.post(page_of(asked), {"outcome": "refused", "text": REASON})

    asked = SubjectRequest.objects.get()
    line = AuditEvent.objects.get(action="client.answered")
    assert (asked.outcome, asked.answer, asked.answered_by) == (Outcome.REFUSED, REASON, contact)
    assert line.details == {"kind": "object", "outcome": "refused", "request": str(asked.pk)}
    assert timezone.localdate(line.at) == timezone.localdate(asked.answered_at)
    assert REASON in browser.get(page_of(asked)).text
    assert page_of(asked) in browser.get("/gegevens/").text


def test_an_answer_without_a_reason_is_none_and_a_second_one_neither(asked, contact, log_in):
    browser = log_in(contact)

    empty = browser.post(page_of(asked), {"outcome": "refused", "text": " "})
    assert "Schrijf wat je deze persoon zei" in empty.text
    asking.answer(asked, outcome="done", text="Ja.", by=contact)
    late = browser.post(page_of(asked), {"outcome": "refused", "text": REASON})

    assert "Een collega was eerst" in late.text
    assert REASON in late.text
    assert SubjectRequest.objects.get().answer == "Ja."


def test_only_erasing_answers_a_wish_to_be_erased_with_a_yes(card, contact):
    request = asking.note(card, kind=RequestKind.ERASE, asked_on=timezone.localdate(), by=contact)

    with pytest.raises(Refusal):
        asking.answer(request, outcome="done", text="Alles is weg.", by=contact)

    assert SubjectRequest.objects.open().exists()


def test_the_page_of_a_wish_to_be_erased_offers_no_yes_but_says_where_to_erase(card, contact, log_in):
    request = asking.note(card, kind=RequestKind.ERASE, asked_on=timezone.localdate(), by=contact)

    page = log_in(contact).get(page_of(request)).content.decode()

    assert "Ja, gedaan" not in page
    assert "Deels gedaan" in page
    assert "Wissen doe je op de pagina van deze persoon" in page


def test_more_time_is_taken_once_with_a_reason_and_before_the_month_is_over(asked, contact, log_in):
    browser = log_in(contact)
    until = rules.months_on(asked.asked_on, 3)

    browser.post(page_of(asked), {"longer": "1", "because": "complex"})

    asked.refresh_from_db()
    line = AuditEvent.objects.get(action="client.answer_later")
    assert (asked.answer_by, asked.longer_because) == (until, "complex")
    assert (line.details["until"], line.details["because"]) == (until.isoformat(), "complex")
    assert "meer tijd nodig" not in browser.get(page_of(asked)).text
    with pytest.raises(Refusal):
        asking.take_longer(asked, because="many", by=contact)


def test_more_time_is_not_taken_when_the_month_is_over(asked, contact, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=40), tick=False)

    with pytest.raises(Refusal):
        asking.take_longer(asked, because="many", by=contact)

    assert not SubjectRequest.objects.get().longer_because


@pytest.mark.parametrize("who", ["worker", "stranger", "coordinator"])
def test_who_does_not_answer_for_the_data_finds_no_request_and_answers_none(asked, who, request, log_in):
    someone = request.getfixturevalue(who)
    browser = log_in(someone)

    assert {browser.get(page_of(asked)).status_code, browser.post(page_of(asked)).status_code} == {404}
    with pytest.raises(NotAllowed):
        asking.answer(asked, outcome="refused", text=REASON, by=someone)
    with pytest.raises(NotAllowed):
        asking.take_longer(asked, because="many", by=someone)
    assert browser.get(page_of(asked).replace(str(asked.card_id), str(ClientCardFactory().pk))).status_code == 404


def test_what_a_person_asked_and_heard_is_in_the_own_file_and_goes_with_it(asked, contact, card):
    asking.answer(asked, outcome="refused", text=REASON, by=contact)

    erase(card, by=contact)

    kept = SubjectRequest.objects.get()
    assert (kept.card, kept.words, kept.answer) == (None, "", "")
    assert (kept.kind, kept.outcome, kept.asked_on) == (RequestKind.OBJECT, Outcome.REFUSED, asked.asked_on)
    assert kept.answered_at


def test_a_day_that_is_near_is_told_once_and_one_that_is_over_every_day(asked, time_machine):
    last = timezone.make_aware(datetime.combine(asked.answer_by, datetime.min.time())).replace(hour=3, minute=20)
    OutgoingMail.objects.all().delete()

    told = {}
    for days in (-8, -7, -6, 0, 1, 1, 2):
        time_machine.move_to(last + timedelta(days=days), tick=False)
        asking.remind()
        told[days] = OutgoingMail.objects.count()

    assert told == {-8: 0, -7: 1, -6: 1, 0: 1, 1: 2, 2: 3}
    assert "Amina" not in "".join(mail.subject + mail.body for mail in OutgoingMail.objects.all())


def test_a_request_that_was_answered_is_never_told_again(asked, contact, time_machine):
    asking.answer(asked, outcome="done", text="Ja.", by=contact)
    OutgoingMail.objects.all().delete()

    time_machine.move_to(timezone.now() + timedelta(days=60), tick=False)

    assert asking.remind() == {"reminded": 0}


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_of_one_and_of_thirty_costs_the_same(rows, card, contact, log_in, django_assert_num_queries):
    for number in range(rows):
        open_one = asking.note(card, kind=RequestKind.ACCESS, asked_on=timezone.localdate(), by=contact)
        done = asking.note(card, kind=RequestKind.OBJECT, asked_on=timezone.localdate(), by=contact)
        asking.answer(done, outcome="done", text=str(number), by=contact)
    browser = log_in(contact)
    browser.get("/gegevens/")

    with django_assert_num_queries(QUEUE_QUERIES):
        page = browser.get("/gegevens/").text

    assert page.count("Amina: ") >= min(rows, 20) + 1
    assert open_one in SubjectRequest.objects.open()
    assert not list(audit.verify())
