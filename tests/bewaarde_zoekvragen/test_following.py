"""The mail about what is new for a saved search: when it comes, what stands in it, and what never makes one."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from bewaarde_zoekvragen import actions, following
from bewaarde_zoekvragen.models import NewsWish, SavedSearch
from core.models import OutgoingMail
from organisaties.roles import Role
from search import address
from search.engines.base import EngineDownError
from sociale_kaart.models import Service
from tests.factories.organisaties import MembershipFactory
from tests.factories.search import listing

pytestmark = pytest.mark.django_db
WEDNESDAY = timezone.make_aware(datetime(2026, 11, 25, 9))
DAY = timedelta(days=1)


@pytest.fixture
def lotte(places, settings):
    """Give someone who works for a partner and wants the mail; mails stay in the outbox."""
    settings.MAIL_AT_ONCE = False
    user = MembershipFactory(role=Role.FRONTLINE_WORKER).user
    actions.want_news(user, wanted=True)
    return user


def save(user, query):
    """Save a search."""
    return actions.save(address.read(QueryDict(query)), by=user)


def mailed(now):
    """Look twice, as the job does all day, and give the mails that this made."""
    OutgoingMail.objects.all().delete()
    following.run(now)
    following.run(now + timedelta(minutes=30))
    return list(OutgoingMail.objects.all())


def test_what_came_since_is_told_once_with_where_it_is(lotte):
    listing("Schuldbemiddeling Noord", summary="Plan voor je schulden.")
    saved = save(lotte, "q=schulden")
    assert mailed(WEDNESDAY) == []
    listing("Budgethuis", summary="Hulp bij schulden.")

    (mail,) = mailed(WEDNESDAY + DAY)

    assert mail.to == lotte.email
    assert mail.subject == "1 nieuwe dienst past op wat je bewaarde"
    assert "schulden\n- Budgethuis\n" in mail.body
    assert saved.get_absolute_url() in mail.body
    assert "Noord" not in mail.body
    assert mailed(WEDNESDAY + 2 * DAY) == []


def test_a_listing_that_changes_so_that_it_fits_is_new_too(lotte):
    service = listing("Budgethuis", cost_kind="paid")
    save(lotte, "q=budgethuis&prijs=free")
    assert mailed(WEDNESDAY) == []
    Service.objects.filter(pk=service.pk).update(cost_kind="free")
    Service.objects.get(pk=service.pk).save()

    assert len(mailed(WEDNESDAY + DAY)) == 1


def test_several_searches_are_one_mail_and_an_import_is_a_number(lotte):
    listing("Oppas aan huis")
    save(lotte, "q=schulden")
    save(lotte, "q=oppas")
    listing("Oppas bij ons")
    for number in range(12):
        listing(f"Schulden {number:02}")

    (mail,) = mailed(WEDNESDAY)

    assert mail.subject.startswith("13 nieuwe diensten")
    assert "- Schulden 02\n- en nog 9\n" in mail.body
    assert "Schulden 03" not in mail.body
    assert "- Oppas bij ons\n" in mail.body


def test_only_who_wants_it_gets_it_and_what_came_before_the_wish_is_not_new(lotte):
    actions.want_news(lotte, wanted=False)
    save(lotte, "q=schulden")
    listing("Schulden één")
    assert mailed(WEDNESDAY) == []
    actions.want_news(lotte, wanted=True)
    assert mailed(WEDNESDAY + DAY) == []
    listing("Schulden twee")

    (mail,) = mailed(WEDNESDAY + 2 * DAY)

    assert "- Schulden twee\n" in mail.body
    assert "één" not in mail.body


@pytest.mark.parametrize("moment", [WEDNESDAY.replace(hour=7), WEDNESDAY.replace(hour=18), WEDNESDAY + 3 * DAY])
def test_no_mail_outside_working_hours(lotte, moment):
    save(lotte, "q=schulden")
    listing("Schulden één")

    assert mailed(moment) == []
    assert NewsWish.objects.get().looked_on is None


def test_a_crash_repeats_neither_the_mark_nor_the_mail(lotte):
    save(lotte, "q=schulden")
    listing("Schulden één")
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        following.run(WEDNESDAY)
        raise KeyboardInterrupt
    assert not OutgoingMail.objects.exists()

    assert len(mailed(WEDNESDAY)) == 1


def test_search_that_is_away_is_asked_again_the_same_day(lotte, monkeypatch):
    save(lotte, "q=schulden")
    listing("Schulden één")

    def away(query):
        raise EngineDownError("away")

    with monkeypatch.context() as patched:
        patched.setattr(following, "find", away)
        assert mailed(WEDNESDAY) == []

    assert len(mailed(WEDNESDAY + timedelta(hours=1))) == 1


def test_what_was_away_for_a_while_is_not_new_when_it_is_back(lotte, monkeypatch):
    listing("Schulden één")
    save(lotte, "q=schulden")
    with monkeypatch.context() as patched:
        patched.setattr(following, "fitting", lambda asked: frozenset())
        assert mailed(WEDNESDAY) == []

    assert mailed(WEDNESDAY + DAY) == []


def test_what_fits_only_in_part_is_no_news(lotte):
    save(lotte, "q=schulden+oppas+turks")
    listing("Schulden één")

    assert mailed(WEDNESDAY) == []


def test_what_is_too_wide_or_hangs_on_the_hour_is_saved_and_not_followed(lotte, monkeypatch, log_in):
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    for name in ("één", "twee"):
        listing(f"Schulden {name}")
    wide, hourly = save(lotte, "q=schulden"), save(lotte, "q=oppas+zaterdag")
    assert (wide.followed, hourly.followed) == (False, False)
    assert "Te ruim om te volgen" in log_in(lotte).get("/weergave/").text
    listing("Schulden drie")
    assert mailed(WEDNESDAY) == []

    monkeypatch.setattr(following, "MOST_FOLLOWED", 9)

    assert mailed(WEDNESDAY + DAY) == [], "from now on it is followed, and nothing of before is new"
    assert SavedSearch.objects.get(pk=wide.pk).followed


def test_who_left_or_may_not_log_in_gets_nothing(lotte):
    save(lotte, "q=schulden")
    listing("Schulden één")
    lotte.is_active = False
    lotte.save()

    assert mailed(WEDNESDAY) == []


def test_the_tick_stands_under_mails_and_is_off_until_someone_wants_it(log_in, places):
    editor = MembershipFactory(role=Role.LISTING_EDITOR).user
    browser = log_in(editor)

    def ticked():
        page = browser.get("/weergave/").text
        assert "Als er iets nieuws past op een bewaarde zoekvraag" in page
        return "checked" in page[page.index('id="saved_news"') :].partition(">")[0]

    assert "Een uur voor een klok afloopt" not in browser.get("/weergave/").text
    assert not ticked()
    browser.post("/berichten/meldingen/", {"saved_news": "1"})
    assert ticked()
    NewsWish.objects.update(looked_on=date(2026, 11, 25))
    browser.post("/berichten/meldingen/", {"saved_news": "1"})
    assert NewsWish.objects.get().looked_on == date(2026, 11, 25)
    browser.post("/berichten/meldingen/", {})
    assert not ticked()
