"""The editors' pages of search words: who may, what is refused, what is shown before keeping, and the way back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from organisaties.roles import Role
from search.engines.base import EngineDownError
from search.find import search
from search.models import Asked, SynonymRule, WordChange
from search.models.listening import digest
from search.query import SearchQuery
from search.rules.draft import EQUAL, ONE_WAY, PART, Draft
from search.words import actions, preview, questions
from tests.factories.organisaties import MembershipFactory, UserFactory
from tests.factories.search import listing

pytestmark = pytest.mark.django_db
LIST, NEW, FILE, CHANGES = "/zoekwoorden/", "/zoekwoorden/nieuw/", "/zoekwoorden/inlezen/", "/zoekwoorden/veranderd/"
GIVEN = {"kind": EQUAL, "left": "schabouwelijk", "right": "wasrek", "note": "van het loket"}


@pytest.fixture
def editor(coordinator, log_in):
    """Give the browser of the coordinator."""
    return log_in(coordinator)


def text_of(response):
    """Give the page as text with single spaces."""
    return " ".join(response.content.decode().split())


def asked(text, times, *, found=True, days_ago=0):
    """Count a question as the log does."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return Asked.objects.create(id=digest(text, day, found), day=day, text=text, times=times, found=found)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("address", [LIST, NEW, FILE, CHANGES, "/zoekwoorden/bestand/"])
def test_coordinators_and_editors_of_the_learning_network_may_and_others_may_not(role, address, log_in):
    browser = log_in(MembershipFactory(role=role).user)
    may = role in (Role.NETWORK_COORDINATOR, Role.LEARNING_EDITOR)

    assert browser.get(address).status_code == (200 if may else 403)


def test_who_got_the_right_in_the_editors_rooms_may_too(log_in):
    user = UserFactory()
    assert log_in(user).get(LIST).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_synonymrule"))

    assert log_in(user).get(LIST).status_code == 200


def test_the_operator_may_and_a_visitor_is_asked_to_log_in(operator, log_in, visitor):
    assert log_in(operator).get(LIST).status_code == 200
    assert visitor.get(LIST).status_code == 302


@pytest.mark.parametrize("sent", [{"keep": "1"}, {"look": "1"}])
def test_a_stranger_can_keep_nothing(sent, stranger, log_in):
    rule = SynonymRule.objects.first()
    browser = log_in(stranger)
    addresses = [NEW, f"/zoekwoorden/{rule.pk}/", f"/zoekwoorden/{rule.pk}/doe/", FILE]

    assert {browser.post(address, {**GIVEN, **sent, "doe": "uit"}).status_code for address in addresses} == {403}
    assert not WordChange.objects.exists()


def test_the_menu_of_the_editors_rooms_leads_here(editor, coordinator):
    coordinator.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert "/zoekwoorden/" in editor.get("/beheer/").content.decode()


def test_what_would_change_is_shown_before_anything_is_kept(editor):
    listing("Wasrek te leen", organization__name="Leenhuis")
    rules = SynonymRule.objects.count()
    response = editor.post(NEW, {**GIVEN, "look": "1"})
    page = text_of(response)
    shift = response.context["preview"].shifts[0]

    assert (shift.text, shift.exact_before, shift.exact_after) == ("schabouwelijk", 0, 1)
    assert [place.name for place in shift.after] == ["Wasrek te leen"]
    assert shift.after[0].fresh
    for part in ["Leenhuis", "niets gevonden", "1 past", "Bewaar deze regel", "Staat nog in geen fiche: schabouwelijk"]:
        assert part in page
    assert SynonymRule.objects.count() == rules


def test_what_is_kept_works_at_the_next_question(editor, django_capture_on_commit_callbacks):
    listing("Wasrek te leen")
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(NEW, {**GIVEN, "keep": "1"}, follow=True)

    assert "vanaf de volgende vraag" in text_of(response)
    assert search(SearchQuery("schabouwelijk")).total == 1
    kept = SynonymRule.objects.get(left="schabouwelijk")
    assert (kept.note, kept.source, kept.created_by.first_name) == ("van het loket", "region", "Bert")


def test_a_rule_that_is_refused_keeps_what_was_typed(editor):
    response = editor.post(NEW, {"kind": EQUAL, "left": "de", "right": "wasrek, x", "note": "n", "keep": "1"})
    page = text_of(response)

    assert set(response.context["form"].errors) == {"left", "right"}
    assert "wasrek, x" in page
    assert "2 dingen" in page
    assert not SynonymRule.objects.filter(left="de").exists()


def test_a_rule_that_finds_nothing_yet_may_be_kept(editor):
    listing("Tuinhulp")
    looked = editor.post(NEW, {"kind": ONE_WAY, "left": "kotje", "right": "zoldertje", "note": "", "look": "1"})
    editor.post(NEW, {"kind": ONE_WAY, "left": "kotje", "right": "zoldertje", "note": "", "keep": "1"})

    assert "In geen enkele fiche staat" in text_of(looked)
    assert SynonymRule.objects.filter(left="kotje").exists()


def test_how_words_are_cut_says_how_many_listings_follow(editor):
    listing("Zwemzorgvuldig samen")
    listing("Tuinhulp")
    page = editor.post(NEW, {"kind": PART, "left": "zwemzorg, vuldig", "right": "", "note": "", "look": "1"})

    assert "1 fiche wordt opnieuw ingelezen als je bewaart" in text_of(page)


def test_a_preview_asks_what_is_frequent_and_what_failed_and_nothing_rare():
    asked("oppas", 3)
    asked("oppas", 9, days_ago=1)
    asked("rolstoel", 5)
    asked("zeldzaam", 4)
    asked("oud", 6, found=False, days_ago=9)
    asked("nieuw", 5, found=False, days_ago=1)

    assert questions.frequent_texts() == ["oppas", "oud", "nieuw", "rolstoel"]
    assert questions.failing_texts() == ["nieuw", "oud"]


def test_a_preview_asks_the_thirty_most_frequent_and_the_thirty_that_failed_last():
    for number in range(31):
        asked(f"vaak {number:02}", 100 - number)
        asked(f"mislukt {number:02}", 5, found=False, days_ago=number)

    assert questions.frequent_texts() == [f"vaak {number:02}" for number in range(30)]
    assert questions.failing_texts() == [f"mislukt {number:02}" for number in range(30)]


def test_a_preview_says_of_each_question_why_it_was_asked(editor):
    listing("Wasrek te leen")
    asked("schabouwelijk drogen", 5, found=False)
    for number in range(30):
        asked(f"wasrek {number}", 9)
    asked("schabouwelijk ding", 50)
    response = editor.post(NEW, {**GIVEN, "look": "1"})
    page = text_of(response)

    assert {shift.text: str(shift.why) for shift in response.context["preview"].shifts} == {
        "schabouwelijk": "own", "schabouwelijk ding": "frequent", "schabouwelijk drogen": "failing",
    }  # fmt: skip
    for badge in ("van de regel", "vaak gevraagd", "vond niets"):
        assert badge in page


def test_a_preview_shows_what_moves_up_comes_in_and_drops_out():
    listing("Oppas")
    listing("Kinderopvang", summary="Oppas voor kinderen.")
    asked("oppas", 9)
    asked("schabouwelijk", 7, found=False)
    asked("tuin", 7)
    found = preview.preview(Draft(EQUAL, ("schabouwelijk",), ("kinderopvang",)))
    shifts = {shift.text: shift for shift in found.shifts}
    moved = preview.preview(Draft(EQUAL, ("babysitje",), ("kinderopvang",))).shifts[0]

    assert found.tried == 4
    assert (shifts["schabouwelijk"].why, "tuin" in shifts) == ("own", False)
    assert found.newly_found == 1
    assert [(place.name, place.moved) for place in moved.after] == [("Kinderopvang", 1), ("Oppas", -1)]


def test_a_change_is_tried_against_the_rule_as_it_is():
    listing("Wasrek te leen")
    kept = Draft(EQUAL, ("schabouwelijk",), ("wasrek",))
    actions.add(kept, by=None)
    same = preview.preview(kept, replaces=kept)
    without = preview.preview(Draft(EQUAL, ("schabouwelijk",), ("zoldertje",)), replaces=kept)

    assert same.shifts == ()
    shift = without.shifts[0]
    assert (shift.text, shift.exact_before, shift.exact_after) == ("schabouwelijk", 1, 0)
    assert without.lost == 1


def test_without_an_index_a_rule_can_still_be_kept(editor, monkeypatch):
    def down():
        raise EngineDownError("no index yet")

    monkeypatch.setattr("search.engines.index.engine", down)
    looked = editor.post(NEW, {**GIVEN, "look": "1"})
    editor.post(NEW, {**GIVEN, "keep": "1"})

    assert "De zoekindex wordt gemaakt" in text_of(looked)
    assert SynonymRule.objects.filter(left="schabouwelijk").exists()


def test_every_change_can_be_turned_back_once(editor):
    editor.post(NEW, {**GIVEN, "keep": "1"})
    rule = SynonymRule.objects.get(left="schabouwelijk")
    editor.post(reverse("woorden:rule", args=[rule.pk]), {**GIVEN, "right": "droogrek", "keep": "1"})
    changed = WordChange.objects.latest("pk")
    page = text_of(editor.get(CHANGES))
    editor.post(reverse("woorden:undo", args=[changed.batch]))
    rule.refresh_from_db()

    assert "schabouwelijk = droogrek" in page
    assert rule.right == "wasrek"
    again = editor.post(reverse("woorden:undo", args=[changed.batch]), follow=True)
    assert "Dit is al teruggezet" in text_of(again)


def test_what_was_turned_back_can_be_done_again(editor):
    editor.post(NEW, {**GIVEN, "keep": "1"})
    for _press in range(2):
        editor.post(reverse("woorden:undo", args=[WordChange.objects.latest("pk").batch]))
    page = text_of(editor.get(CHANGES))

    assert SynonymRule.objects.filter(left="schabouwelijk", right="wasrek").exists()
    assert page.count("zette iets terug") == 2


def test_a_rule_shows_its_own_history_and_no_other(editor):
    editor.post(NEW, {**GIVEN, "keep": "1"})
    editor.post(NEW, {**GIVEN, "left": "zoldertje", "keep": "1"})
    rule = SynonymRule.objects.get(left="schabouwelijk")
    editor.post(reverse("woorden:act", args=[rule.pk]), {"doe": "uit"})
    editor.post(reverse("woorden:act", args=[rule.pk]), {"doe": "aan"})
    acts = editor.get(reverse("woorden:rule", args=[rule.pk])).context["acts"]

    assert [happened.lines[0][0] for happened in acts] == ["aangezet", "uitgezet", "toegevoegd"]
    assert rule.active


def test_every_form_of_these_pages_carries_its_token(coordinator, log_in):
    rule = actions.add(Draft(EQUAL, ("schabouwelijk",), ("wasrek",)), by=coordinator)
    browser = log_in(coordinator, enforce_csrf_checks=True)

    for address in [NEW, FILE, CHANGES, f"/zoekwoorden/{rule.pk}/"]:
        page = browser.get(address).content.decode()
        assert page.count('method="post"') == page.count("csrfmiddlewaretoken") > 0


def test_what_was_changed_since_is_not_overruled(editor):
    editor.post(NEW, {**GIVEN, "keep": "1"})
    rule = SynonymRule.objects.get(left="schabouwelijk")
    added = WordChange.objects.latest("pk")
    editor.post(reverse("woorden:rule", args=[rule.pk]), {**GIVEN, "right": "droogrek", "keep": "1"})
    response = editor.post(reverse("woorden:undo", args=[added.batch]), follow=True)

    assert "daarna nog veranderd" in text_of(response)
    assert SynonymRule.objects.filter(pk=rule.pk).exists()


def test_a_rule_that_was_taken_away_comes_back_as_it_was(editor):
    editor.post(NEW, {**GIVEN, "keep": "1"})
    rule = SynonymRule.objects.get(left="schabouwelijk")
    editor.post(reverse("woorden:act", args=[rule.pk]), {"doe": "weg"})
    assert not SynonymRule.objects.filter(left="schabouwelijk").exists()
    editor.post(reverse("woorden:undo", args=[WordChange.objects.latest("pk").batch]))
    back = SynonymRule.objects.get(left="schabouwelijk")

    assert (back.pk, back.draft, back.source) == (rule.pk, rule.draft, "region")


def test_a_rule_of_the_product_is_switched_off_and_not_taken_away(editor):
    rule = SynonymRule.objects.first()
    address = reverse("woorden:act", args=[rule.pk])
    said = text_of(editor.post(address, {"doe": "weg"}, follow=True))
    editor.post(address, {"doe": "uit"})
    rule.refresh_from_db()

    assert "komt met het programma" in said
    assert not rule.active
    assert "Deze regel staat uit" in text_of(editor.get(reverse("woorden:rule", args=[rule.pk])))


def test_the_same_rule_made_twice_at_once_is_refused_kindly(editor):
    editor.post(NEW, {**GIVEN, "keep": "1"})
    response = editor.post(NEW, {**GIVEN, "keep": "1"})

    assert "Deze regel is er al" in text_of(response)
    assert SynonymRule.objects.filter(left="schabouwelijk").count() == 1


def test_the_list_is_narrowed_by_word_kind_origin_and_state(editor):
    actions.add(Draft(EQUAL, ("schabouwelijk",), ("wasrek",), note="van het loket"), by=None)

    def lefts(**query):
        return [rule.left for rule in editor.get(LIST, query).context["page"]]

    assert lefts(q="Van het LOKET") == ["schabouwelijk"]
    assert lefts(van="region") == ["schabouwelijk"]
    assert lefts(stand="uit") == []
    assert "huisarts" in lefts(soort="whole", q="arts")
    assert len(lefts(soort="onzin", page="999")) > 0


def test_words_come_along_from_a_list_of_failed_questions(editor):
    page = text_of(editor.get(f"{NEW}?woord=wasdraad&ook=wasrek&soort=one_way"))

    assert "wasdraad</textarea>" in page
    assert 'value="one_way" checked' in page or 'checked value="one_way"' in page or "checked" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_1_and_30(rows, editor, django_assert_num_queries):
    SynonymRule.objects.all().delete()
    listing("Oppas")
    search(SearchQuery("oppas"))
    actions.take_in([Draft(EQUAL, (f"woord{n}z",), ("wasrek",)) for n in range(rows)], by=None)
    editor.get(LIST)
    with django_assert_num_queries(11):
        editor.get(LIST)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_history_costs_the_same_for_1_and_30(rows, editor, coordinator, django_assert_num_queries):
    for number in range(rows):
        actions.add(Draft(EQUAL, (f"woord{number}z",), ("wasrek",)), by=coordinator)
    editor.get(CHANGES)
    with django_assert_num_queries(12):
        editor.get(CHANGES)


def test_a_file_is_looked_at_before_it_is_kept(editor):
    file = SimpleUploadedFile("w.txt", b"wasdraad, droogrek\nkotje => zoldertje\n")
    listing("Oppas")
    looked = editor.post(FILE, {"file": file, "text": "", "look": "1"})
    assert not WordChange.objects.exists()
    kept = {"text": "wasdraad, droogrek\nkotje => zoldertje\n", "keep": "1"}
    done = editor.post(FILE, kept, follow=True)

    assert "2 regels zijn nieuw" in text_of(looked)
    assert "4 woorden staan nog in geen fiche" in text_of(looked)
    assert "wasdraad, droogrek" in text_of(looked)
    assert "2 regels zijn toegevoegd" in text_of(done)
    assert SynonymRule.objects.filter(source="region").count() == 2


def test_a_file_says_which_rules_that_are_here_it_changes(editor):
    text = "#: uit: nooit splitsen: huisarts\n#: nooit splitsen: huisraad\n"
    looked = text_of(editor.post(FILE, {"text": text, "look": "1"}))
    editor.post(FILE, {"text": text, "keep": "1"})

    assert "1 regel die er al is, verandert" in looked
    assert "1 regel is er al." in looked
    assert not SynonymRule.objects.get(kind="whole", left="huisarts").active


def test_wrong_lines_of_a_file_are_told_and_nothing_is_kept(editor):
    response = editor.post(FILE, {"text": "wasdraad, droogrek\nde, wasrek\n", "keep": "1"})
    page = text_of(response)

    assert "Regel 2: In “de” staan alleen kleine woorden" in page
    assert "1 regel klopt niet" in page
    assert not SynonymRule.objects.filter(source="region").exists()


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_said_at_its_field(raw, editor):
    response = editor.post(FILE, {"file": SimpleUploadedFile("w.txt", raw), "text": "", "look": "1"})

    assert response.status_code == 200
    assert response.context["form"].errors


def test_all_rules_can_be_downloaded(editor):
    response = editor.get("/zoekwoorden/bestand/")

    assert response["Content-Disposition"].endswith('.txt"')
    assert "#: nooit splitsen: huisarts" in response.content.decode()


@pytest.mark.parametrize(
    "left", ["x" * 10_000, "\x00", "<script>alert(1)</script>", "' OR 1=1 --", "\u202eabc", "😀😀"]
)
def test_odd_words_get_a_good_page(left, editor):
    listing("Oppas")
    response = editor.post(NEW, {"kind": EQUAL, "left": left, "right": "oppas", "note": "", "look": "1"})

    assert response.status_code == 200
    assert "<script>alert" not in text_of(response)
