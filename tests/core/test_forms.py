"""The form under every private screen, and days as people write them."""

from datetime import date

import pytest
from django import forms
from django.utils.dates import MONTHS, WEEKDAYS

from core.forms import CareForm, DayField, texts_in
from core.privacy import holds_national_number

TODAY = "2026-11-23 10:00"
AGREE = "Schrijf de dag zo: 23 november."


class WordsForm(CareForm):
    """A form with words, and one with a number."""

    wish = forms.CharField()
    note = forms.CharField(required=False)
    amount = forms.IntegerField(required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def test_words_without_a_number_pass():
    form = WordsForm({"wish": "Ik wil hier blijven wonen.", "note": "Bel 0470 00 00 62", "amount": "85073003328"})

    assert form.is_valid(), form.errors


def test_what_the_page_wrote_itself_is_nobodys_words():
    form = WordsForm({"wish": "Ik wil hier blijven.", "seen": "own_words=85073003328af10b contact=a9307301234512bc"})

    assert form.is_valid(), form.errors


def test_a_national_number_is_refused_at_the_field_where_it_was_typed():
    form = WordsForm({"wish": "Ik wil hier blijven.", "note": "rr 85.07.30-033.28"})

    assert not form.is_valid()
    assert form.errors == {"note": ["Dit lijkt een rijksregisternummer. Dat bewaren we niet. Haal het weg."]}


def test_what_was_typed_stays_on_the_screen():
    form = WordsForm({"wish": "Ik wil hier blijven.", "note": "rr 85.07.30-033.28"})
    form.is_valid()

    assert "rr 85.07.30-033.28" in str(form["note"])
    assert "Ik wil hier blijven." in str(form["wish"])


def test_every_field_with_a_number_is_named():
    form = WordsForm({"wish": "85073003328", "note": "85 07 30 033 28"})

    assert not form.is_valid()
    assert set(form.errors) == {"wish", "note"}


@pytest.mark.parametrize(
    "value",
    [
        "rr 85.07.30-033.28",
        ["huur", "85.07.30-033.28"],
        {"title": "Bel", "parts": [{"value": {"text": "85.07.30-033.28"}}]},
        "<p>rr 85.07.30-<b>033.28</b></p>",
    ],
)
def test_a_national_number_is_seen_however_deep_it_lies(value):
    assert any(map(holds_national_number, texts_in(value)))


@pytest.mark.parametrize("value", [85073003328, None, True, ["050 00 00 14"], "<li>050 00 00 14</li><li>0470 00</li>"])
def test_what_is_no_text_or_no_such_number_passes(value):
    assert not any(map(holds_national_number, texts_in(value)))


def test_signs_that_turn_a_line_around_are_taken_out():
    form = WordsForm({"wish": "\u202a+32 470 00 00 62\u202c", "note": "سلام\u200f \u202eAna"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["wish"] == "+32 470 00 00 62"
    assert form.cleaned_data["note"] == "سلام\u200f Ana"


def test_words_in_which_there_is_nothing_to_see_are_no_words():
    form = WordsForm({"wish": "\u200b\u2060", "note": "\u200b \ufeff"})

    assert not form.is_valid()
    assert form.errors == {"wish": ["Vul dit in."]}
    assert form.cleaned_data["note"] == ""


def test_an_empty_required_field_is_one_error():
    form = WordsForm({"wish": ""})

    assert not form.is_valid()
    assert set(form.errors) == {"wish"}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-1-5", date(2026, 1, 5)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23-11-2026", date(2026, 11, 23)),
        ("23.11.2026", date(2026, 11, 23)),
        ("23/11", date(2026, 11, 23)),
        ("3/1", date(2026, 1, 3)),
        ("23 november", date(2026, 11, 23)),
        ("23 november 2027", date(2027, 11, 23)),
        ("23 NOVEMBER", date(2026, 11, 23)),
        ("23 nov", date(2026, 11, 23)),
        ("23 nov.", date(2026, 11, 23)),
        ("maandag 23 november", date(2026, 11, 23)),
        ("Zaterdag 28 november 2026", date(2026, 11, 28)),
        ("1 mrt.", date(2026, 3, 1)),
        ("1 maart", date(2026, 3, 1)),
        ("2 mei", date(2026, 5, 2)),
        ("29 februari 2028", date(2028, 2, 29)),
        ("31 dec. 2026", date(2026, 12, 31)),
        ("  23 november  ", date(2026, 11, 23)),
        ("23  november", date(2026, 11, 23)),
        ("1 januari", date(2026, 1, 1)),
        ("1 aug", date(2026, 8, 1)),
        ("30 september", date(2026, 9, 30)),
        ("23/11/26", date(2026, 11, 23)),
        ("1e december", date(2026, 12, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(time_machine, typed, day):
    time_machine.move_to(TODAY, tick=False)

    assert DayField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31 november", "31 november bestaat niet. Kies een andere dag."),
        ("31/11", "31 november bestaat niet. Kies een andere dag."),
        ("31/11/2026", "31 november bestaat niet. Kies een andere dag."),
        ("2026-11-31", "31 november bestaat niet. Kies een andere dag."),
        ("30 februari", "30 februari bestaat niet. Kies een andere dag."),
        ("29 februari 2027", "29 februari 2027 bestaat niet. Kies een andere dag."),
        ("0 mei", "0 mei bestaat niet. Kies een andere dag."),
        ("0001-01-01", "Het jaar 1 kan niet kloppen. Kies een andere dag."),
        ("3/12/0226", "Het jaar 226 kan niet kloppen. Kies een andere dag."),
        ("9999-12-31", "Het jaar 9999 kan niet kloppen. Kies een andere dag."),
        ("32 mei", "32 mei bestaat niet. Kies een andere dag."),
        ("12/13", "12/13 bestaat niet. Kies een andere dag."),
        ("2026-13-12", "2026-13-12 bestaat niet. Kies een andere dag."),
        ("morgen", AGREE),
        ("november", AGREE),
        ("23", AGREE),
        ("23 nobember", AGREE),
        ("23 no", AGREE),
        ("23 ju", AGREE),
        ("99999", AGREE),
        ("<b>23 november</b>", AGREE),
        ("23 november om 10 uur", AGREE),
        ("٢٣ november ٢٠٢٦٢", AGREE),
    ],
)
def test_a_day_that_is_none_says_what_to_do(time_machine, typed, message):
    time_machine.move_to(TODAY, tick=False)

    with pytest.raises(forms.ValidationError) as caught:
        DayField().clean(typed)

    assert caught.value.messages == [message]


def test_every_month_and_day_of_the_week_has_its_own_name():
    months = "januari februari maart april mei juni juli augustus september oktober november december"
    days = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"

    assert " ".join(str(name) for name in MONTHS.values()) == months
    assert " ".join(str(name) for name in WEEKDAYS.values()) == days


def test_no_day_is_fine_when_it_need_not_be_there():
    assert DayField(required=False).clean("") is None
    assert DayField(required=False).clean(None) is None


def test_a_day_is_a_day():
    assert DayField().clean(date(2026, 11, 23)) == date(2026, 11, 23)


def test_the_calendar_of_the_browser_gets_its_own_writing():
    field = DayField()

    assert 'type="date"' in field.widget.render("day", date(2026, 11, 3))
    assert 'value="2026-11-03"' in field.widget.render("day", date(2026, 11, 3))
