"""How to reach someone without harm: whatever the profile and the hour, what was forbidden is never advised."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(max_examples=300, deadline=None)
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


@settings(max_examples=300, deadline=None)
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


@settings(max_examples=200, deadline=None)
@given(profiles())
def test_a_discreet_person_is_never_named_with_an_organization(profile):
    words = opening_words(profile, caller="Noor", organization="Huurhulp", person="Amina")

    assert ("Huurhulp" in words) is not profile.is_discreet


@settings(max_examples=200, deadline=None)
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


@settings(max_examples=100, deadline=None)
@given(profiles())
def test_a_profile_survives_the_way_to_another_installation(profile):
    piece = {"phone": profile.phone, "note": profile.note, "no_voicemail": profile.no_voicemail,
             "sms_allowed": profile.sms_allowed, **read_rest(rest_of(kept(profile)))}  # fmt: skip

    assert of_piece(piece) == profile


@pytest.mark.parametrize("text", ["", "x", "[]", '{"keep_silent": "ja"}', '{"phone": "1"}', '{"call_from": 9}'])
def test_nonsense_from_elsewhere_says_nothing(text):
    assert read_rest(text) == {}
