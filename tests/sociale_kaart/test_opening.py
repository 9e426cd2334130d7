"""Opening hours: the rhythm of a schedule, the moment, the words."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from sociale_kaart.models import Schedule
from sociale_kaart.opening import WEEKDAYS, _occurs, opening, opening_of, remarks, week
from tests.factories.sociale_kaart import LocationFactory, ScheduleFactory, ServiceAtLocationFactory, ServiceFactory

BRUSSELS = ZoneInfo("Europe/Brussels")
HARD_SPACE = "\N{NO-BREAK SPACE}"
ALL_WEEK = ",".join(WEEKDAYS)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """23 November 2026 is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS)


def row(days: str = "MO", opens: str | None = "09:00", closes: str | None = "12:00", **parts: object) -> Schedule:
    clock = {"opens_at": opens, "closes_at": closes}
    times = {name: time.fromisoformat(text) if text else None for name, text in clock.items()}
    return Schedule(byday=days, **times, **parts)


def plain(line) -> str:
    return line.words.replace(HARD_SPACE, " ")


OFFICE = [row("MO,TU,TH"), row("MO", "13:00", "17:00"), row("WE", "13:00", "19:00")]
NIGHT = [row("FR", "22:00", "06:00")]
ALWAYS = [row(ALL_WEEK, "00:00", "23:59")]
WEEKEND = [row("SA,SU", "00:00", "23:59"), row("MO", "00:00", "08:00")]
FIRST_MONDAY = [row("1MO", "09:00", "12:00", freq="MONTHLY")]
LAST_FRIDAY = [row("-1FR", "14:00", "16:00", freq="MONTHLY")]
SECOND_WEEK = [row("MO", interval=2, dtstart=date(2026, 11, 16))]
LATER = row("MO", valid_from=date(2026, 11, 30))
MONTH_END = row("", "10:00", "11:00", bymonthday="15,-1", freq="MONTHLY")
ONCE_ONLY = [row("MO", count=2, dtstart=date(2026, 11, 9))]
CHRISTMAS = row("", None, None, valid_from=date(2026, 12, 21), valid_to=date(2027, 1, 3), notes="Kerstvakantie.")
SHELTER = [row(ALL_WEEK, "20:00", "08:00")]
DUTY = [row("MO,TU,WE,TH,FR", "19:00", "23:00", notes="Ook open op feestdagen.")]
EMERGENCY = row("WE", "10:00", "11:00", valid_from=date(2026, 12, 21), valid_to=date(2026, 12, 31))

MOMENTS = [
    # schedules, moment, full words, short words
    (OFFICE, at(23, 9), "nu open, tot 12 uur", "open tot 12 u."),
    (OFFICE, at(23, 11, 59), "nu open, tot 12 uur", "open tot 12 u."),
    (OFFICE, at(23, 12), "nu gesloten, open om 13 uur", "open om 13 u."),
    (OFFICE, at(23, 17), "nu gesloten, open morgen om 9 uur", "open morgen 9 u."),
    (OFFICE, at(24, 12), "nu gesloten, open morgen om 13 uur", "open morgen 13 u."),
    (OFFICE, at(26, 12), "nu gesloten, open maandag om 9 uur", "open ma. 9 u."),
    (OFFICE, at(25, 8), "nu gesloten, open om 13 uur", "open om 13 u."),
    ([row("MO", "09:30", "12:15")], at(23, 10), "nu open, tot 12.15 uur", "open tot 12.15 u."),
    ([row("MO", "09:30", "12:15")], at(23, 9), "nu gesloten, open om 9.30 uur", "open om 9.30 u."),
    # 25 December 2026 is a Friday.
    ([row("FR")], at(25, 10, month=12), "nu open, tot 12 uur (feestdag: bel eerst)", "feestdag: bel eerst"),
    ([row("FR")], at(25, 8, month=12), "nu gesloten, open om 9 uur (feestdag: bel eerst)", "feestdag: bel eerst"),
    (SHELTER, at(25, 21, month=12), "nu open, tot 8 uur", "open tot 8 u."),
    (DUTY, at(25, 20, month=12), "nu open, tot 23 uur", "open tot 23 u."),
    (ALWAYS, at(25, 10, month=12), "dag en nacht open", "dag en nacht open"),
    (NIGHT, at(27, 23), "nu open, tot 6 uur", "open tot 6 u."),
    (NIGHT, at(28, 5, 59), "nu open, tot 6 uur", "open tot 6 u."),
    (NIGHT, at(28, 6), "nu gesloten, open vrijdag om 22 uur", "open vr. 22 u."),
    (ALWAYS, at(23, 3), "dag en nacht open", "dag en nacht open"),
    (WEEKEND, at(28, 0), "nu open, tot maandag 8 uur", "open tot ma. 8 u."),
    ([row("MO", "20:00", "23:59")], at(23, 21), "nu open, tot middernacht", "open tot middernacht"),
    ([row("MO", "20:00", "00:00")], at(23, 21), "nu open, tot middernacht", "open tot middernacht"),
    (FIRST_MONDAY, at(23, 9), "nu gesloten, open ma 7 dec. om 9 uur", "open ma 7 dec. 9 u."),
    (FIRST_MONDAY, at(7, 9, month=12), "nu open, tot 12 uur", "open tot 12 u."),
    (LAST_FRIDAY, at(27, 14), "nu open, tot 16 uur", "open tot 16 u."),
    (SECOND_WEEK, at(23, 10), "nu gesloten, open ma 30 nov. om 9 uur", "open ma 30 nov. 9 u."),
    (SECOND_WEEK, at(30, 10), "nu open, tot 12 uur", "open tot 12 u."),
    (ONCE_ONLY, at(16, 10), "nu open, tot 12 uur", "open tot 12 u."),
    (ONCE_ONLY, at(23, 10), "nu gesloten", "nu gesloten"),
    ([*OFFICE, CHRISTMAS], at(21, 10, month=12), "nu gesloten, open ma 4 jan. om 9 uur", "open ma 4 jan. 9 u."),
    ([*OFFICE, CHRISTMAS, EMERGENCY], at(23, 10, month=12), "nu open, tot 11 uur", "open tot 11 u."),
    ([row("MO", valid_to=date(2026, 11, 22))], at(23, 10), "nu gesloten", "nu gesloten"),
    ([LATER], at(23, 10), "nu gesloten, open ma 30 nov. om 9 uur", "open ma 30 nov. 9 u."),
    ([row("MO", until=date(2026, 11, 16))], at(23, 10), "nu gesloten", "nu gesloten"),
    ([MONTH_END], at(30, 10), "nu open, tot 11 uur", "open tot 11 u."),
    ([row("", "10:00", "11:00", dtstart=date(2026, 11, 24))], at(24, 10), "nu open, tot 11 uur", "open tot 11 u."),
    ([row("", "10:00", "11:00")], at(29, 10), "nu open, tot 11 uur", "open tot 11 u."),
    ([row("XX", "10:00", "11:00")], at(23, 10), "nu gesloten", "nu gesloten"),
    ([row("XX", "10:00", "11:00", interval=2)], at(23, 10), "nu gesloten", "nu gesloten"),
    ([row("MO", "10:00", None)], at(23, 10), "Uren niet gekend. Bel eerst.", "uren niet gekend"),
    ([], at(23, 10), "Uren niet gekend. Bel eerst.", "uren niet gekend"),
    ([CHRISTMAS], at(23, 10), "Uren niet gekend. Bel eerst.", "uren niet gekend"),
]  # fmt: skip


@pytest.mark.parametrize(("schedules", "moment", "words", "short"), MOMENTS)
def test_a_moment_is_said_in_words(schedules, moment, words, short):
    answer = opening(schedules, moment)

    assert (answer.words, answer.short) == (words, short)


def test_the_moment_may_come_in_another_time_zone():
    answer = opening(OFFICE, datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("UTC")))

    assert answer.open_now
    assert answer.until == at(23, 12)


def test_the_night_that_the_clock_goes_back_still_closes_at_six():
    answer = opening([row("SA", "22:00", "06:00")], datetime(2026, 10, 25, 4, tzinfo=BRUSSELS))

    assert answer.until == datetime(2026, 10, 25, 6, tzinfo=BRUSSELS)


def test_the_week_begins_today_and_leaves_a_closed_weekend_out():
    days = week(OFFICE, date(2026, 11, 23))

    assert [(line.day.day, line.is_today, plain(line)) for line in days] == [
        (23, True, "9 – 12 u. en 13 – 17 u."),
        (24, False, "9 – 12 u."),
        (25, False, "13 – 19 u."),
        (26, False, "9 – 12 u."),
        (27, False, "gesloten"),
    ]


def test_the_week_keeps_a_weekend_that_is_today_or_open():
    assert [line.day.day for line in week(OFFICE, date(2026, 11, 28))] == [28, 30, 1, 2, 3, 4]
    assert len(week([row("SA")], date(2026, 11, 23))) == 7


def test_the_week_says_why_a_day_is_closed_and_merges_what_overlaps():
    days = week([row("MO", "09:00", "12:00"), row("MO", "11:00", "14:30"), CHRISTMAS], date(2026, 12, 20))

    assert [(plain(line), line.note) for line in days][:2] == [("gesloten", ""), ("gesloten", "Kerstvakantie.")]
    assert week([row("MO"), row("MO", "11:00", "14:30")], date(2026, 11, 23))[0].words == "9 – 14.30 u.".replace(
        " ", HARD_SPACE
    )


def test_the_week_warns_of_a_public_holiday_of_which_the_listing_says_nothing():
    office = {line.day.day: line.note for line in week([row("TH,FR")], date(2026, 12, 21))}

    assert office == {21: "", 22: "", 23: "", 24: "", 25: "feestdag: bel eerst"}
    assert not any(line.note for line in week(SHELTER, date(2026, 12, 21)))


def test_the_week_says_day_and_night_and_has_nothing_to_say_without_hours():
    assert {line.words for line in week(ALWAYS, date(2026, 11, 23))} == {"dag en nacht"}
    assert week([CHRISTMAS], date(2026, 11, 23)) == []


def test_remarks_tell_closures_ahead_and_notes_once():
    past = row("", None, None, valid_from=date(2026, 7, 1), valid_to=date(2026, 7, 31), notes="Zomer.")
    one_day = row("", None, None, valid_from=date(2026, 12, 8), valid_to=date(2026, 12, 8))
    noted = row("MO", notes="Alleen na afspraak.")

    texts = remarks([CHRISTMAS, past, one_day, noted, row("TU", notes="Alleen na afspraak.")], date(2026, 11, 23))

    assert texts == [
        "Gesloten van 21 december tot en met 3 januari 2027. Kerstvakantie.",
        "Gesloten op 8 december.",
        "Alleen na afspraak.",
    ]


@pytest.mark.django_db
def test_hours_come_from_the_service_then_from_where_it_is_given_then_from_the_place():
    place = LocationFactory()
    offer = ServiceAtLocationFactory(location=place)
    ScheduleFactory(service=None, location=place, byday="MO", opens_at=time(8), closes_at=time(9))

    assert opening_of(offer.service, at(23, 8)).words == "nu open, tot 9 uur"

    ScheduleFactory(service=None, service_at_location=offer, byday="MO", opens_at=time(8), closes_at=time(10))
    assert opening_of(offer.service, at(23, 8)).words == "nu open, tot 10 uur"

    ScheduleFactory(service=offer.service, byday="MO", opens_at=time(8), closes_at=time(11))
    fresh = type(offer.service).objects.get(pk=offer.service.pk)
    assert opening_of(fresh, at(23, 8)).words == "nu open, tot 11 uur"


@pytest.mark.django_db
def test_a_service_that_is_closed_for_a_while_is_not_open():
    service = ServiceFactory(status="temporarily closed")
    ScheduleFactory(service=service, byday="MO")

    assert opening_of(service, at(23, 10)).words == "nu gesloten"


# Properties

times = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
days_of_week = st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(",".join)
near_dates = st.dates(date(2026, 9, 1), date(2027, 3, 1))
schedules = st.builds(
    Schedule,
    byday=days_of_week,
    opens_at=times,
    closes_at=times,
    valid_from=st.none() | near_dates,
    valid_to=st.none() | near_dates,
)
moments = st.datetimes(datetime(2026, 9, 1), datetime(2027, 3, 1), timezones=st.just(BRUSSELS))


@settings(max_examples=60)
@given(st.lists(schedules, max_size=4), moments)
def test_it_is_open_exactly_until_it_says_so(rows, now):
    answer = opening(rows, now)

    assert answer.known is bool(rows)
    if answer.open_now and answer.until:
        assert answer.until > now
        assert opening(rows, answer.until - timedelta(minutes=1)).open_now
        assert not opening(rows, answer.until).open_now
    if answer.next_opening:
        assert not answer.open_now
        assert answer.next_opening > now
        assert opening(rows, answer.next_opening).open_now
        assert not opening(rows, answer.next_opening - timedelta(minutes=1)).open_now
    assert answer.words and answer.short


@settings(max_examples=60)
@given(st.lists(schedules, max_size=4), near_dates)
def test_the_spans_of_a_day_never_touch(rows, day):
    for line in week(rows, day):
        for first, second in zip(line.spans, line.spans[1:], strict=False):
            assert first.start < first.end < second.start < second.end


@settings(max_examples=60)
@given(
    st.sampled_from(["WEEKLY", "MONTHLY"]),
    st.lists(st.sampled_from(["MO", "WE", "FR"]), min_size=1, unique=True)
    | st.lists(st.sampled_from(["1MO", "2TU", "-1FR", "5SU"]), min_size=1, unique=True),
    st.integers(1, 3),
    near_dates,
)
def test_a_rhythm_is_the_one_of_the_standard(freq, days, interval, start):
    plain = days if freq == "MONTHLY" else [code[-2:] for code in days]
    parsed = [rrule.rrulestr(f"FREQ={freq};INTERVAL={interval};BYDAY={','.join(plain)}", dtstart=datetime(2026, 9, 1))]
    schedule = row(",".join(days), "10:00", "11:00", freq=freq, interval=interval, dtstart=date(2026, 9, 1))

    expected = parsed[0].before(datetime.combine(start, time.min), inc=True) == datetime.combine(start, time.min)

    assert opening([schedule], datetime.combine(start, time(10), tzinfo=BRUSSELS)).open_now is expected


@pytest.mark.parametrize("interval", [2, 3, 5])
@pytest.mark.parametrize("byday", ["", "MO", "TU,FR", "1MO,-1FR"])
@pytest.mark.parametrize("freq", ["WEEKLY", "MONTHLY"])
def test_a_rhythm_that_passes_over_weeks_or_months_is_that_of_the_standard(freq, byday, interval):
    start, first, last = date(2019, 1, 17), date(2026, 1, 1), date(2026, 12, 31)
    row = Schedule(freq=freq, byday=byday, interval=interval, dtstart=start, wkst="SU")
    days = byday if freq == "MONTHLY" else byday.replace("1", "").replace("-", "")
    rule = f"FREQ={freq};INTERVAL={interval};WKST=SU" + (f";BYDAY={days}" if days else "")
    hits = rrule.rrulestr(rule, dtstart=datetime.combine(start, time.min))

    found = {first + timedelta(ahead) for ahead in range(365) if _occurs(row, first + timedelta(ahead))}

    year = hits.between(datetime.combine(first, time.min), datetime.combine(last, time.min), inc=True)
    assert found == {hit.date() for hit in year}


def test_an_old_rhythm_is_not_walked_through(monkeypatch):
    monkeypatch.setattr(rrule, "rrule", None)
    since = {"freq": "WEEKLY", "dtstart": date(1950, 1, 2), "opens_at": time(9), "closes_at": time(12)}

    for parts in ({"interval": 2}, {"count": 2_000_000_000}, {"interval": 2, "byday": "MO,TU,WE,TH,FR"}):
        assert opening([Schedule(**since, **parts)], at(23, 8)).next_opening
