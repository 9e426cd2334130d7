"""Two people in a field of one line: one press takes theirs or keeps mine, and decides of nothing else."""

import re

import pytest

from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
THEIRS, MINE = "0470 00 00 71", "0470 00 00 72"


@pytest.fixture
def card(organization):
    return ClientCardFactory(organization=organization, phone="0470 00 00 70", last_name="", household="", language="")


@pytest.fixture
def page(worker, log_in):
    return log_in(worker)


@pytest.fixture
def noor(organization, log_in):
    return log_in(MembershipFactory(organization=organization, user__first_name="Noor").user)


def filled(form):
    """Give what a browser posts of a form as it stands there."""
    values = {name: form[name].value() for name in form.fields}
    sent = {name: "on" if value is True else value for name, value in values.items() if value not in (False, None)}
    return {name: value if isinstance(value, list) else str(value) for name, value in sent.items()}


def address(card):
    return f"/clienten/{card.pk}/wijzigen/"


@pytest.fixture
def clash(page, noor, card):
    """Let both change the card; give the page that the second one gets."""

    def make(theirs, mine):
        before = filled(page.get(address(card)).context["form"])
        noor.post(address(card), {**before, **theirs})
        return page.post(address(card), {**before, **mine})

    return make


def press_again(page, card, answer, words, **more):
    """Press the button that says this, as a browser without a script does: with all that belongs to the form."""
    tag = next(
        tag for tag, inside in re.findall(r"(<button[^>]*>)((?:(?!</button>).)*)</button>", answer.text, re.DOTALL)
        if words in inside
    )  # fmt: skip
    assert 'type="submit"' in tag
    assert 'form="card"' in tag
    assert " hidden" not in tag
    along = re.findall(r'<input type="hidden" form="card" name="clash" value="(\w+)">', answer.text)
    pressed = {re.search(r'name="(\w+)"', tag)[1]: re.search(r'value="([^"]*)"', tag)[1]}
    return page.post(address(card), {**filled(answer.context["form"]), "clash": along, **pressed, **more})


def test_the_notice_asks_to_choose_and_not_to_make_one_text(clash):
    words = clash({"phone": THEIRS}, {"phone": MINE}).text

    assert "Er is niets weg." in words
    assert "Kies welke van de twee je bewaart." in words
    assert "één tekst" not in words


@pytest.mark.parametrize(("words", "kept"), [("Neem die van Noor", THEIRS), ("Houd de mijne", MINE)])
def test_one_press_without_a_script_chooses_and_saves(words, kept, clash, page, card):
    answer = clash({"phone": THEIRS}, {"phone": MINE, "last_name": "El Idrissi"})

    saved = press_again(page, card, answer, words)

    card.refresh_from_db()
    assert saved.status_code == 302
    assert (card.phone, card.last_name) == (kept, "El Idrissi")


def test_a_press_in_one_line_leaves_the_other_to_be_chosen(clash, page, card):
    answer = clash({"phone": THEIRS, "last_name": "Idrissi"}, {"phone": MINE, "last_name": "El Idrissi"})

    once = press_again(page, card, answer, "Houd de mijne", take="phone:mine")
    card.refresh_from_db()
    (left,) = once.context["clashes"]

    assert (card.phone, card.last_name) == (MINE, "Idrissi")
    assert (left.theirs, left.mine) == ("Idrissi", "El Idrissi")
    press_again(page, card, once, "Neem die van Noor")
    card.refresh_from_db()
    assert (card.phone, card.last_name) == (MINE, "Idrissi")


def test_what_changed_once_more_meanwhile_is_asked_again(clash, page, noor, card):
    answer = clash({"phone": THEIRS}, {"phone": MINE})
    noor.post(address(card), {**filled(noor.get(address(card)).context["form"]), "phone": "0470 00 00 73"})

    again = press_again(page, card, answer, "Neem die van Noor")

    card.refresh_from_db()
    (left,) = again.context["clashes"]
    assert (left.theirs, left.mine, card.phone) == ("0470 00 00 73", MINE, "0470 00 00 73")


def test_what_only_a_colleague_changed_stays_when_i_save_after_a_clash(clash, page, card):
    answer = clash(
        {"phone": THEIRS, "household": "Met Yusuf", "call_days": ["1", "3"], "no_mail": "on", "language": "tr"},
        {"phone": MINE},
    )

    press_again(page, card, answer, "Houd de mijne")

    card.refresh_from_db()
    assert (card.phone, card.household, card.call_days) == (MINE, "Met Yusuf", "13")
    assert (card.no_mail, card.language) == (True, "tr")


@pytest.mark.parametrize(
    ("field", "theirs", "mine", "kept"),
    [
        ("call_days", ["1", "3"], ["2"], "13"),
        ("language", "tr", "ar", "tr"),
        ("municipality", "Jabbeke", "Oostkamp", "Jabbeke"),
    ],
)
def test_days_choices_and_places_are_taken_too(field, theirs, mine, kept, clash, page, card, places):
    answer = clash({field: theirs}, {field: mine})

    press_again(page, card, answer, "Neem die van Noor")

    card.refresh_from_db()
    assert str(getattr(card, field)) == kept


def test_a_choice_that_is_open_is_asked_again_when_something_else_is_not_right(clash, page, card):
    answer = clash({"phone": THEIRS}, {"phone": MINE})
    form = {**filled(answer.context["form"]), "clash": ["phone"], "first_name": ""}

    wrong = page.post(address(card), form)
    saved = press_again(page, card, wrong, "Neem die van Noor", first_name="Amina")

    (left,) = wrong.context["clashes"]
    card.refresh_from_db()
    assert "Schrijf een voornaam." in wrong.text
    assert (left.theirs, left.mine, left.who) == (THEIRS, MINE, "Noor")
    assert saved.status_code == 302
    assert (card.phone, card.first_name) == (THEIRS, "Amina")


def test_the_name_of_the_field_leads_to_it_also_where_it_is_a_row_of_ticks(clash):
    answer = clash({"call_days": ["1"], "phone": THEIRS}, {"call_days": ["2"], "phone": MINE})

    for row in answer.context["clashes"]:
        assert f'href="#{row.target}"' in answer.text
        assert f'id="{row.target}"' in answer.text
