"""Nothing of a client leaves by another way: lists, editors' screens, mails, logs, files, cache, sessions, search."""

import logging
import pickle
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from bewaarde_zoekvragen import actions as saving
from bewaarde_zoekvragen.models import SavedSearch
from core.audit import CLIENT, SYSTEM
from core.encryption import EncryptedTextField
from core.errors import Refusal
from core.models import AuditEvent, OutgoingMail
from doorverwijzing import actions, digest, packet, receiving
from doorverwijzing.client import rights, talk
from doorverwijzing.clock import ticking
from doorverwijzing.messages import writing
from doorverwijzing.models import Channel, NoticeWish, Referral, WaitingNotice
from doorverwijzing.workflow import ATTEMPTS_BEFORE_RETURN
from search.address import Address
from tests.leaks.canaries import PRIVATE_ROOMS, SONG
from tests.leaks.files import ADDRESSES
from tests.leaks.roads import roads
from tests.leaks.test_addresses import EVERYTHING, ask, of_clients, said, told

pytestmark = pytest.mark.django_db
# Who sees what, where no address needs an id: one of each kind of outsider.
LOOKERS = ("visitor", "frontline_worker elsewhere", "network_coordinator of both sides", "another client")
PEOPLE_ROOMS = {*PRIVATE_ROOMS, "organisaties", "core"}
SIDES = ("sender", "receiver")
EDITORS = ("operator",)
ONE_IN = 6
# What a receiver reads when the client said yes to it; the question itself always goes along.
FOR_THE_RECEIVER = {f"clienten.ClientCard.{name}" for name in ("first_name", "phone", "contact_note")} | {
    f"vraagverheldering.ClarifiedQuestion.{name}" for name in ("wish", "goal", "own_words", "tried", "not_again")
}
OF_THE_SENDER = {"clienten", "vraagverheldering"}


def heard_on(world, browser, chosen):
    """Walk some roads; give what was heard about clients on each."""
    answers = {road.name: ask(browser, "GET", road.path) for road in chosen}
    return {name: found for name, one in answers.items() if (found := of_clients(world.aviary.heard(said(one))))}


@pytest.mark.parametrize("who", LOOKERS)
def test_no_list_and_no_public_page_names_a_client_to_an_outsider(world, who):
    ours = [road for road in roads(world.sender.pk) if road.ours and not road.private and "logout" not in road.name]
    # What everyone may see is the same for everyone.
    chosen = ours if EVERYTHING or who == "visitor" else [road for road in ours if road.room in PEOPLE_ROOMS]

    assert told(heard_on(world, world.outsiders[who], chosen)) == ""


@pytest.mark.parametrize("who", EDITORS)
def test_no_screen_of_the_editors_names_a_client(world, who):
    """No private model has a screen there (tests/architecture/test_personal_data.py); this looks whether it is so."""
    theirs = [road for road in roads(world.sender.pk) if not road.ours and "logout" not in road.name]
    theirs = theirs if EVERYTHING else theirs[::ONE_IN]

    assert told(heard_on(world, world.outsiders[who], theirs)) == ""


@contextmanager
def every_line():
    """Catch what is logged, whatever the level. The statements for the database come in DEBUG of Django alone."""
    lines: list[str] = []
    handler, root, quiet = logging.Handler(), logging.getLogger(), logging.getLogger("django.db.backends")
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    handler.emit = lambda record: lines.append(handler.format(record))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quiet.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        quiet.setLevel(logging.NOTSET)


def test_insiders_hear_the_canaries_behind_every_private_address_and_no_log_does(world):
    """Without this the tests of outsiders would prove nothing: an address that never finds its row denies everyone."""
    walked, found, heard, files = set(), set(LEADS_NOWHERE), set(), set()
    with every_line() as lines:
        for road in roads(world.sender.pk):
            for who, browser in world.insiders.items() if road.private and road.ours else ():
                for method in ("GET", "POST") if who in SIDES else ("GET",):
                    response = ask(browser, method, road.path)
                    walked.add(road.name)
                    found |= {road.name} if response.status_code != 404 else set()
                    heard |= of_clients(world.aviary.heard(said(response)))
                    files |= {road.path} if "attachment" in response.get("Content-Disposition", "") else set()

    assert files <= ADDRESSES, "Let tests/leaks/files.py look at these files too."
    assert sorted(walked - found) == [], "Let tests/leaks/world.py make what these addresses are about, under ONE_ID."
    assert len(heard) > 20
    assert any("Not Found" in line for line in lines)
    assert world.aviary.heard("\n".join(lines)) == set()


# A batch of changed words is no row of a client.
LEADS_NOWHERE = {"zoekwoorden/veranderd/<uuid:batch>/terug/"}


def test_a_receiver_reads_what_was_agreed_and_not_a_word_more(world):
    every = roads(world.sender.pk)
    walked = [road for road in every if road.room in PRIVATE_ROOMS and road.path != "/account/logout/"]

    before = heard_everywhere(world, world.insiders["receiver"], walked)
    actions.withdraw(world.referral, by=world.sender)
    after = heard_everywhere(world, world.insiders["receiver"], walked)

    assert {home for home in before if home.partition(".")[0] in OF_THE_SENDER} == FOR_THE_RECEIVER
    assert {home for home in after if home.partition(".")[0] in OF_THE_SENDER} == set()


def heard_everywhere(world, browser, walked):
    """Give everything about clients that someone reads on any page."""
    return set().union(*heard_on(world, browser, walked).values())


def test_no_mail_says_anything_of_a_client(world):
    before = [f"{mail.message().as_string()}\n{mail.body}" for mail in world.mails]
    song = world.referral.client.first_name

    after = {mail for act in WHAT_IS_MAILED for mail in mailed(world, act, song)}

    assert before
    assert len({subject for subject, *_rest in after}) >= 12
    assert of_clients(world.aviary.heard("\n".join([*before, *map(str, after)]))) == set()


def mailed(world, act, song):
    """Let something happen and take it back; give subject, text and what goes along of each mail that it made."""
    with transaction.atomic():
        OutgoingMail.objects.all().delete()
        act(Referral.objects.get(pk=world.referral.pk), world, song)
        mails = [(mail.subject, mail.body, str(mail.attachments)) for mail in OutgoingMail.objects.all()]
        transaction.set_rollback(True)
    return mails


def talk_of_it(found, world, song):
    text = f"@{world.sender.first_name} {song}"
    writing.write(found, text=text, form_key=uuid4(), by=world.receiver)
    writing.write(found, text=f"@{world.receiver.first_name} {song}", form_key=uuid4(), by=world.sender)
    talk.write_as_client(found, text=song, form_key=uuid4())
    actions.record_answer(found, answer="no", by=CLIENT)


def end_well(found, world, song):
    NoticeWish.objects.update_or_create(person=world.sender, defaults={"rhythm": "daily"})
    said = {"channel": Channel.PHONE, "initiative": "receiver", "appointment": song, "by": world.receiver}
    receiving.confirm_contact(found, at=timezone.now(), **said)
    receiving.close(found, result="solved", by=world.receiver)
    WaitingNotice.objects.update(created_at=timezone.now() - timedelta(days=9))
    for day in range(7):
        digest.send(timezone.localtime().replace(hour=10) + timedelta(days=day))


def end_badly(found, world, song):
    tried = {"channel": Channel.PHONE, "note_text": song, "by": world.receiver}
    while found.attempts.filter(reached=False).count() < ATTEMPTS_BEFORE_RETURN:
        receiving.record_attempt(found, at=timezone.now(), **tried)


def come_near(found, world, song):
    ticking.run(found.due_at - timedelta(minutes=30))


def wait(found, world, song):
    for days in (5, 10, 15, 20, 25, 300, 400):
        ticking.run(timezone.now() + timedelta(days=days))


# Everything by which a question makes someone write a mail.
WHAT_IS_MAILED = [
    talk_of_it, end_well, end_badly, come_near, wait,
    lambda found, world, song: actions.withdraw(found, by=world.sender, items=["own_words"]),
    lambda found, world, song: actions.withdraw(found, by=world.sender),
    lambda found, world, song: rights.close_for_receivers(found.client, SYSTEM),
]  # fmt: skip


def test_what_a_client_said_cannot_be_kept_as_a_saved_search(world):
    songs = [song for song, home in world.aviary.homes.items() if of_clients({home})]
    before = SavedSearch.objects.count()

    for words in (songs[0], f"schulden {songs[-1]}", world.referral.client.phone):
        with pytest.raises(Refusal):
            saving.save(Address(text=words), by=world.sender)

    assert SavedSearch.objects.count() == before


def test_a_fault_of_ours_shows_and_logs_nothing(world, monkeypatch, caplog):
    def fault(referral):
        raise RuntimeError(referral.client.first_name) from KeyError(referral.client.last_name)

    monkeypatch.setattr(packet, "read", fault)

    response = world.insiders["receiver"].get(world.referral.get_absolute_url())

    assert response.status_code == 500
    assert world.aviary.heard(said(response)) == set()
    assert caplog.records
    assert world.aviary.heard(caplog.text) == set()


def test_nothing_lies_readable_in_the_database(world):
    sealed = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                with connection.cursor() as cursor:
                    quoted = connection.ops.quote_name
                    cursor.execute(f"SELECT {quoted(field.column)} FROM {quoted(model._meta.db_table)}")
                    sealed[f"{model._meta.label}.{field.name}"] = str(cursor.fetchall())

    assert len(sealed) > 20
    assert {name for name, rows in sealed.items() if SONG.search(rows)} == set()


def test_no_line_of_the_audit_chain_says_what_a_client_said(world):
    lines = "\n".join(str(details) for details in AuditEvent.objects.values_list("details", flat=True))

    assert world.aviary.heard(lines) == set()
    assert not any(secret in lines for secret in world.secrets.values())


def test_nothing_of_a_client_lies_in_files_cache_or_sessions(world):
    for browser in world.insiders.values():
        for path in ("/vandaag/", "/naar-ons/", "/door-ons/", "/volg/vraag/", f"/zoeken/?q={world.referral.pk}"):
            browser.get(path)
    files = [path for folder in folders() for path in folder.rglob("*") if path.is_file()]
    sessions = str([one.get_decoded() for one in Session.objects.all()])
    kept = pickle.dumps(dict(cache._cache))

    assert [path.name for path in files if world.aviary.heard(path.read_bytes())] == []
    assert files
    assert of_clients(world.aviary.heard(sessions)) == set()
    assert world.aviary.heard(kept) == set()
    assert not any(secret in sessions for secret in world.secrets.values())


def folders():
    """Give every folder in which an installation writes."""
    names = ("KEY_STORE", "KEY_STORE_COPIES", "SEARCH_DIR", "MEDIA_ROOT", "FILES_DIR")
    return [Path(getattr(settings, name)) for name in names if hasattr(settings, name)]


def test_search_and_its_api_find_no_client(world):
    visitor = world.outsiders["visitor"]
    songs = [song for song, home in world.aviary.homes.items() if home.startswith("clienten.ClientCard")]

    found = {song: visitor.get(f"/api/search?q={song}").json()["total"] for song in songs}

    assert songs
    assert set(found.values()) == {0}
