"""How to reach someone without harm: whatever the profile and the hour, what was forbidden is never advised."""

import ast
import json
from dataclasses import fields
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db.models import EmailField
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from clienten.models import ClientCard
from clienten.safe_contact import (
    Profile,
    Way,
    advise,
    kept,
    of_card,
    of_piece,
    opening_words,
    read_rest,
    rest_of,
    rules,
)
from tests.architecture.sources import APPS, files, short, tree
from tests.factories.clienten import ClientCardFactory

MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
HOURS = st.one_of(
    st.just((None, None)), st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] != pair[1]).map(sorted).map(tuple)
)


@st.composite
def profiles(draw):
    """Draw what someone may have said."""
    begin, end = draw(HOURS)
    days = draw(st.sets(st.sampled_from("1234567")))
    flags = {name: draw(st.booleans()) for name in ("no_voicemail", "sms_allowed", "no_mail", "no_letter",
                                                      "neutral_sender", "keep_silent")}  # fmt: skip
    return Profile(
        phone=draw(st.sampled_from(["", "0470 00 00 62"])), note=draw(st.sampled_from(["", "vraag naar Amina"])),
        language=draw(st.sampled_from(["", "ar"])), call_from=begin, call_until=end, call_days="".join(sorted(days)),
        **flags,
    )  # fmt: skip


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@settings(max_examples=300)
@given(profiles(), MOMENTS)
def test_what_was_forbidden_is_never_advised(profile, at):
    advice = {way: advise(profile, way, at) for way in Way}

    assert all(one.allowed or one.reason for one in advice.values())
    assert not (profile.no_voicemail and advice[Way.VOICEMAIL])
    assert not (profile.keep_silent and advice[Way.VOICEMAIL])
    assert not (profile.no_letter and advice[Way.LETTER])
    assert not (profile.no_mail and advice[Way.MAIL])
    assert advice[Way.SMS].allowed <= profile.sms_allowed
    assert advice[Way.VOICEMAIL].allowed <= advice[Way.CALL].allowed
    if not profile.phone:
        assert not any(advice[way] for way in (Way.CALL, Way.VOICEMAIL, Way.SMS))


@settings(max_examples=300)
@given(profiles(), MOMENTS)
def test_a_call_falls_inside_the_safe_hours_or_is_put_off_until_they_begin(profile, at):
    advice, local = advise(profile, Way.CALL, at), timezone.localtime(at)

    if not profile.phone:
        return
    if advice:
        assert not profile.call_days or str(local.isoweekday()) in profile.call_days
        assert profile.call_from is None or profile.call_from <= local.time() < profile.call_until
    else:
        assert at < advice.since <= at + timedelta(days=8)
        assert advise(profile, Way.CALL, advice.since)


@settings(max_examples=200)
@given(profiles())
def test_a_discreet_person_is_never_named_with_an_organization(profile):
    words = opening_words(profile, caller="Noor", organization="Huurhulp", person="Amina")

    assert ("Huurhulp" in words) is not profile.is_discreet


@settings(max_examples=200)
@given(profiles())
def test_a_profile_survives_the_packet(profile):
    assert of_piece(json.loads(json.dumps({"first_name": "Amina", **kept(profile)}))) == profile


@pytest.mark.parametrize(
    "piece",
    [{}, {"phone": "0470 00 00 62", "no_voicemail": True}, {"call_from": "laat"}, {"call_from": "10:00"}],
)
def test_a_packet_of_elsewhere_or_of_before_is_read_without_guessing(piece):
    profile = of_piece(piece)

    assert (profile.call_from, profile.call_until) == (None, None)
    assert profile.no_voicemail is piece.get("no_voicemail", False)


@pytest.mark.django_db
def test_the_card_says_it_in_order():
    card = ClientCardFactory(
        keep_silent=True, no_letter=True, call_from=time(10), call_until=time(12), call_days="13", language="ar"
    )

    said = rules(of_card(card), "Arabisch")

    assert said[0] == ("Neemt iemand anders op? Zeg niet wie je bent of waarom je belt.", True)
    assert ("Bel op maandag, woensdag, van 10 uur tot 12 uur.", True) in said
    assert said[-1] == ("Spreekt: Arabisch.", False)


@settings(max_examples=100)
@given(profiles())
def test_a_profile_survives_the_way_to_another_installation(profile):
    piece = {"phone": profile.phone, "note": profile.note, "no_voicemail": profile.no_voicemail,
             "sms_allowed": profile.sms_allowed, **read_rest(rest_of(kept(profile)))}  # fmt: skip

    assert of_piece(piece) == profile


@pytest.mark.parametrize("text", ["", "x", "[]", '{"keep_silent": "ja"}', '{"phone": "1"}', '{"call_from": 9}'])
def test_nonsense_from_elsewhere_says_nothing(text):
    assert read_rest(text) == {}


# Every place that writes a mail, and to whom. A person who is helped stands nowhere: all that leaves for them is
# paper, a call by a worker, or their own page, and those ask `clienten.safe_contact`.
MAILED = {
    "bewaarde_zoekvragen/following.py": "the colleague who saved the search",
    "clienten/emergency/actions.py": "who looks back at an emergency, and who answers for the data",
    "clienten/notifications.py": "who answers for the data",
    "core/accounts.py": "the owner of an account",
    "doorverwijzing/digest.py": "a colleague of either side",
    "doorverwijzing/guest/mail.py": "the mailbox of a receiving organization",
    "doorverwijzing/notifications.py": "a colleague or the mailbox of either side",
    "organisaties/notifications.py": "an invited colleague, and who manages",
    "organisaties/second_step.py": "the owner of an account",
    "sociale_kaart/corrections.py": "who keeps a listing, and the colleague who told",
    "vraagverheldering/notifications.py": "the colleague who takes a conversation over",
}
BY_ITSELF = {"smtplib", "django.core.mail"}


def writes_mail(path):
    """Tell whether a module puts something in the outbox itself."""
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return any(ast.unparse(call) == "outbox.post" for call in calls)


def imports(path):
    """Name the modules that a file imports from."""
    nodes = list(ast.walk(tree(path)))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return named | {node.module for node in nodes if isinstance(node, ast.ImportFrom)}


def test_no_mail_leaves_for_a_client_and_nothing_leaves_around_the_outbox():
    rooms = {short(path): path for path in files(*APPS)}

    assert {name for name, path in rooms.items() if writes_mail(path)} == set(MAILED), "Say here to whom it goes."
    around = {name for name, path in rooms.items() if imports(path) & BY_ITSELF}
    assert around == {"core/outbox.py"}
    # There is no address to write to: whoever wants a mail to a client must first ask where it may go.
    addressed = [field.name for field in ClientCard._meta.concrete_fields if isinstance(field, EmailField)]
    assert (addressed, {field.name for field in fields(Profile)} & {"mail", "email", "address"}) == ([], set())
