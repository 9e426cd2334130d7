"""The neutral line about a receiver: its figures, when there are too few, and what it costs."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from doorverwijzing import actions
from doorverwijzing.answering import TOO_FEW, Figures, figures_of, lines_for, office_hours
from doorverwijzing.live.hours import ZONE
from doorverwijzing.models import Referral, Step
from sociale_kaart.models import Language, ServiceCapacity, Unit
from tests.factories.doorverwijzing import Cast
from tests.factories.sociale_kaart import ScheduleFactory, ServiceFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=ZONE)


def ask(cast, *, days_ago, answer=None, hours=0.0, status="received", promised=16.0):
    """Write down a question of a while ago and how it was answered."""
    sent = MONDAY - timedelta(days=days_ago)
    referral = Referral.objects.create(
        question=cast.question, client=cast.question.client, sender=cast.house, sender_worker=cast.lotte,
        service=ServiceFactory(organization=cast.rent_help), receiver=cast.rent_help, sent_at=sent,
        due_at=sent + timedelta(hours=promised),
        status="accepted" if answer == "accept" else status,
        receiver_worker=cast.noor if answer == "accept" else None,
    )  # fmt: skip
    if answer:
        Step.objects.create(
            referral=referral, move=answer, from_status="received", to_status=referral.status, side="receiver",
            at=sent + timedelta(hours=hours), due_at=sent + timedelta(hours=promised),
        )  # fmt: skip
    return referral


def test_the_median_counts_office_hours_and_late_or_unanswered_is_not_in_time():
    cast = Cast()
    for hours in (1, 2, 6):
        ask(cast, days_ago=14, answer="accept", hours=hours)
    ask(cast, days_ago=14, answer="accept", hours=24 * 7)
    ask(cast, days_ago=14, status="expired")
    ask(cast, days_ago=0)
    ask(cast, days_ago=100, answer="accept", hours=1)

    assert figures_of([cast.rent_help.pk], now=MONDAY) == {cast.rent_help.pk: Figures(asked=5, hours=4, in_time=3)}


@pytest.mark.parametrize("count", [0, TOO_FEW - 1])
def test_too_few_questions_say_so(count):
    cast = Cast()
    for _number in range(count):
        ask(cast, days_ago=14, answer="accept", hours=1)

    line = lines_for([cast.service.pk], now=MONDAY)[str(cast.service.pk)]

    assert line.speed == "Te weinig vragen in 90 dagen om te zeggen hoe snel ze antwoorden."
    assert line.figures.in_time is None


def test_a_row_says_in_a_few_words_that_too_little_is_known():
    cast = Cast()
    unknown = ServiceFactory()
    for _number in range(TOO_FEW):
        ask(cast, days_ago=14, answer="accept", hours=1)

    lines = lines_for([cast.service.pk, unknown.pk], now=MONDAY)

    assert lines[str(cast.service.pk)].short.startswith("Antwoordt meestal binnen 1 uur")
    assert lines[str(unknown.pk)].short.startswith("Antwoordtijd nog niet gemeten.")
    assert lines[str(unknown.pk)].words.startswith("Te weinig vragen in 90 dagen")


def test_the_line_says_speed_room_hours_languages_and_conditions():
    cast = Cast()
    for _number in range(5):
        ask(cast, days_ago=14, answer="accept", hours=2)
    service = ServiceFactory(
        organization=cast.rent_help, waiting_weeks=6, assured_date=(MONDAY - timedelta(days=3)).date(),
        eligibility_description="Je huurt.\nJe woont in de streek.",
    )  # fmt: skip
    Language.objects.create(service=service, code="ar", name="Arabisch")
    ScheduleFactory(service=service)

    words = lines_for([service.pk], now=MONDAY)[str(service.pk)].words

    assert words == (
        "Antwoordt meestal binnen 2 uur; in 90 dagen 5 van 5 op tijd. "
        "Wachttijd ongeveer 6 weken (nagekeken 3 dagen geleden). "
        "Nu open, tot 12 uur. Spreekt Arabisch. Voorwaarden: Je huurt. Je woont in de streek."
    )


def test_who_chooses_reads_the_whole_line_on_the_page(log_in, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    cast = Cast()
    for _number in range(TOO_FEW):
        ask(cast, days_ago=14, answer="accept", hours=2)
    cast.service.waiting_weeks, cast.service.eligibility_description = 6, "Je huurt."
    cast.service.assured_date = (MONDAY - timedelta(days=3)).date()
    cast.service.save()
    Language.objects.create(service=cast.service, code="ar", name="Arabisch")
    ScheduleFactory(service=cast.service)
    draft = actions.prepare(cast.question, cast.service, by=cast.lotte)

    page = log_in(cast.lotte).get(reverse("doorverwijzing:share", args=[draft.pk])).content.decode()

    for words in (
        "Antwoordt meestal binnen 2 uur", f"{TOO_FEW} van {TOO_FEW} op tijd", "Wachttijd ongeveer 6 weken",
        "nagekeken 3 dagen geleden", "Nu open, tot 12 uur.", "Spreekt Arabisch.", "Voorwaarden: Je huurt.",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"assured_date": (MONDAY - timedelta(days=3)).date()}, "Neemt mensen aan (nagekeken 3 dagen geleden)."),
        ({"takes_new_people": False}, "Neemt nu niemand aan."),
        ({"free": 2}, "Vrij: 2 bedden (5 dagen geleden)."),
        ({"free": 2, "takes_new_people": False}, "Neemt nu niemand aan. Vrij: 2 bedden (5 dagen geleden)."),
    ],
)
def test_room_is_told_with_its_age_and_what_was_counted_last_goes_before_a_promise(told, words):
    free = told.get("free")
    service = ServiceFactory(**{name: value for name, value in told.items() if name != "free"})
    if free:
        beds = Unit.objects.create(name="bedden")
        for number, days in ((7, 30), (free, 5)):
            counted = MONDAY - timedelta(days=days)
            ServiceCapacity.objects.create(service=service, unit=beds, available=number, updated=counted)

    assert lines_for([service.pk], now=MONDAY)[str(service.pk)].room == words


@pytest.mark.parametrize("receivers", [1, 30])
def test_thirty_receivers_cost_as_many_queries_as_one(receivers, django_assert_num_queries, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    services = [ServiceFactory() for _number in range(receivers)]
    for service in services:
        Language.objects.create(service=service, code="fr", name="Frans")
        ScheduleFactory(service=service)

    with django_assert_num_queries(12):
        lines = lines_for([service.pk for service in services])

    assert len(lines) == receivers


def test_a_weekend_and_a_night_do_not_count():
    friday = datetime(2026, 11, 27, 16, tzinfo=ZONE)

    assert office_hours(friday, MONDAY + timedelta(hours=1)) == 2
