"""The parts of the screens: fields with their errors, icons, clock, badges, and the gallery that shows them all."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.utils import timezone
from django.utils.safestring import mark_safe

from core.clocks import read_clock
from core.icons import ICONS, pie

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 13, 0))


class SpokenForm(forms.Form):
    """What a worker notes of one contact."""

    when = forms.CharField(label="Wanneer sprak je Fatou?", help_text="Bijvoorbeeld 20 november")
    how = forms.ChoiceField(label="Hoe?", choices=[("phone", "Telefoon"), ("here", "Hier")], widget=forms.RadioSelect)
    home = forms.BooleanField(label="Komt aan huis", required=False)
    note = forms.CharField(label="Nota", required=False, widget=forms.Textarea)


def draw(source: str, **context: object) -> str:
    """Draw a line of template with our tags loaded."""
    return Template("{% load dorpel %}" + source).render(Context(context))


def test_field_ties_label_hint_and_error_to_the_control() -> None:
    form = SpokenForm({"when": "31 november", "how": "phone"})
    form.add_error("when", "31 november bestaat niet. Kies een andere dag.")

    html = draw("{% field form.when %}", form=form)

    assert '<label for="id_when">Wanneer sprak je Fatou?</label>' in html
    assert 'aria-describedby="id_when_helptext id_when_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_when_helptext"' in html
    assert html.index('id="id_when_error"') < html.index("<input")
    assert 'value="31 november"' in html


def test_field_without_hint_or_error_describes_nothing() -> None:
    html = draw("{% field form.note %}", form=SpokenForm())

    assert "aria-describedby" not in html
    assert 'class="textarea"' in html


def test_field_says_that_it_may_stay_empty() -> None:
    html = draw("{% field form.note optional=True %}", form=SpokenForm())

    assert "Mag leeg blijven." in html
    assert 'aria-describedby="id_note_helptext"' in html


@pytest.mark.parametrize(("look", "css"), [("list", "choices"), ("row", "segments"), ("short", "segments-short")])
def test_radios_are_one_named_group(look: str, css: str) -> None:
    html = draw(f'{{% field form.how look="{look}" icons="phone:phone" %}}', form=SpokenForm({"how": "here"}))

    assert 'role="radiogroup"' in html
    assert "<legend>Hoe?</legend>" in html
    assert css in html
    assert html.count('type="radio"') == 2
    assert html.count("<svg") == 1
    assert html.count("checked") == 1


def test_tick_stands_before_its_words() -> None:
    html = draw("{% field form.home %}", form=SpokenForm())

    assert html.index('type="checkbox"') < html.index('<label for="id_home">Komt aan huis')


def test_what_was_typed_is_escaped() -> None:
    html = draw("{% field form.note %}", form=SpokenForm({"note": "<script>x</script>"}))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_summary_counts_and_leads_to_the_first_control() -> None:
    form = SpokenForm({})
    form.add_error(None, "Zeg wie er was.")

    html = draw("{% errors form %}", form=form)

    assert "3 dingen nog." in html
    assert 'role="alert"' in html
    assert "data-focus" in html
    assert '<a href="#id_when">Wanneer sprak je Fatou? Vul dit in.</a>' in html
    assert '<a href="#id_how_0">' in html
    assert html.index("Zeg wie er was.") < html.index("#id_when")


def test_summary_says_nothing_when_all_is_well() -> None:
    assert draw("{% errors form %}", form=SpokenForm({"when": "20 november", "how": "here"})).strip() == ""


def test_icon_is_skipped_by_readers_and_takes_a_size() -> None:
    html = draw('{% icon "n-money" size="28" %}')

    assert 'aria-hidden="true"' in html
    assert 'width="28" height="28"' in html


def test_icon_without_a_name_draws_nothing() -> None:
    assert draw('{% icon "" %}') == ""


def test_unknown_icon_is_a_mistake_in_the_template() -> None:
    with pytest.raises(TemplateSyntaxError, match="No icon is called 'heart'"):
        draw('{% icon "heart" %}')


def test_every_icon_uses_the_colour_of_the_text_only() -> None:
    strays = {name for name, inner in ICONS.items() if "#" in inner or "style" in inner or "class" in inner}

    assert strays == set()
    assert len(ICONS) >= 72


def test_place_is_an_address_of_the_site() -> None:
    assert draw("{% place name %}", name="today") == "/vandaag/"

    with pytest.raises(KeyError):
        draw("{% place name %}", name="moon")


def test_pie_fills_what_is_used_up() -> None:
    assert pie(-5) == pie(0)
    assert pie(140) == pie(100)
    assert "0 1 " in pie(25)
    assert " 1 1 " in pie(75)


@pytest.mark.parametrize(
    ("due", "tone", "words", "moment"),
    [
        (MONDAY + timedelta(hours=3), "soon", "nog 3 uur", "vandaag, 16 u."),
        (MONDAY + timedelta(minutes=20), "soon", "nog 20 minuten", "vandaag, 13.20 u."),
        (MONDAY + timedelta(hours=28), "soon", "nog 1 dag", "morgen, 17 u."),
        (date(2026, 11, 24), "soon", "nog 1 dag", "morgen"),
        (date(2026, 11, 27), "quiet", "nog 4 dagen", "vrijdag"),
        (date(2026, 12, 9), "quiet", "nog 16 dagen", "woensdag 9 december"),
        (MONDAY - timedelta(days=2, hours=21), "late", "2 dagen te laat", "moest vrijdag"),
        (date(2026, 11, 20), "late", "2 dagen te laat", "moest vrijdag"),
        (MONDAY - timedelta(hours=2), "late", "2 uur te laat", "moest vandaag, 11 u."),
        (MONDAY - timedelta(seconds=10), "late", "1 minuut te laat", "moest vandaag, 12.59 u."),
    ],
)
def test_clock_speaks_the_words_of_the_design(due: date | datetime, tone: str, words: str, moment: str) -> None:
    clock = read_clock(due, now=MONDAY)

    assert (clock.tone, clock.words, clock.moment) == (tone, words, moment)


def test_clock_before_a_weekend_is_loud_for_the_next_working_day() -> None:
    friday = timezone.make_aware(datetime(2026, 11, 20, 10, 0))

    assert read_clock(date(2026, 11, 23), now=friday).tone == "soon"
    assert read_clock(date(2026, 11, 24), now=friday).tone == "quiet"


def test_clock_counts_what_is_used_up() -> None:
    clock = read_clock(MONDAY + timedelta(hours=3), MONDAY - timedelta(hours=9), now=MONDAY)

    assert clock.used == 75


def test_clock_that_is_over_is_never_drawn_as_merely_yellow() -> None:
    html = draw("{% clock due now=now solid=True %}", due=MONDAY - timedelta(hours=2), now=MONDAY)

    assert "clock-late" in html
    assert "<time datetime=" in html


def test_bold_lead_marks_the_first_sentence_and_nothing_else() -> None:
    assert (
        draw("{{ text|bold_lead }}", text="Verstuurd. Zij antwoorden.") == "<strong>Verstuurd.</strong> Zij antwoorden."
    )
    assert draw("{{ text|bold_lead }}", text="Een brief? Bel. Vlug.") == "<strong>Een brief?</strong> Bel. Vlug."
    assert draw("{{ text|bold_lead }}", text="<b>x</b>") == "<strong>&lt;b&gt;x&lt;/b&gt;</strong>"


def test_bold_lead_keeps_the_words_of_a_message_that_was_made_as_html() -> None:
    message = mark_safe("De fiche ‘Thuis &amp; zorg’ is bewaard. <span><a href='/beheer/'>Bewerk</a></span>")

    assert draw("{{ text|bold_lead }}", text=message) == "<strong>De fiche ‘Thuis &amp; zorg’ is bewaard.</strong>"


def test_button_that_cannot_be_used_now_stays_reachable_and_says_why() -> None:
    html = draw('{% include "components/button.html" with label="Verstuur" off="Kies eerst wat je deelt." only %}')

    assert 'aria-disabled="true"' in html
    assert 'type="button"' in html
    assert html.count("Kies eerst wat je deelt.") == 2


def test_notice_leads_with_the_fact() -> None:
    html = draw('{% include "components/notice.html" with tone="reached" text="Verstuurd. Zij antwoorden." only %}')

    assert "notice-reached" in html
    assert "<strong>Verstuurd.</strong>" in html


def test_share_row_presets_nothing() -> None:
    html = draw('{% include "components/share_row.html" with id="a" name="a" title="Inkomen" content="loon" only %}')

    assert html.count('type="radio"') == 2
    assert "checked" not in html


@pytest.mark.django_db
def test_gallery_shows_every_component_icon_and_colour(client: Client) -> None:
    response = client.get("/componenten/")

    parts = {f"components/{path.name}" for path in Path(settings.BASE_DIR, "templates", "components").glob("*.html")}
    assert parts - {template.name for template in response.templates} == set()

    page = response.content.decode()
    assert response.status_code == 200
    assert all(f">{name}</span>" in page for name in ICONS)
    assert "--door" not in page
    assert "#0f5c3c" in page
    assert page.count("<h1") == 1


def test_the_summary_does_not_say_the_name_of_a_field_twice() -> None:
    class NameForm(forms.Form):
        name = forms.CharField(label="Typ je voornaam", error_messages={"required": "Typ je voornaam."})

    html = draw("{% errors form %}", form=NameForm({}))

    assert '<a href="#id_name">Typ je voornaam.</a>' in html
