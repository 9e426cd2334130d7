"""Random histories with the real database: none ends in a lost, ownerless or over-shared referral."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clienten.models import Item, Mode
from clienten.rights_of_subject.erasing import erase, reasons_to_keep
from core import audit, destroyed_keys, keystore
from core.doomed_keys import destroy_doomed
from core.errors import NotAllowed, Refusal
from core.models import User
from doorverwijzing import actions, packet, receiving
from doorverwijzing.clock import ticking
from doorverwijzing.consent import taking_back
from doorverwijzing.models import Channel, CloseResult, Initiative, Referral, RefusalCode
from doorverwijzing.moving import make
from doorverwijzing.workflow import AT_HOME, AT_RECEIVER, ATTEMPTS_BEFORE_RETURN, ENDED, MOVES, OPEN, TURN, Side, Status
from tests.doorverwijzing.reference_model import Expected
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory

pytestmark = pytest.mark.django_db
HISTORIES = int(os.environ.get("HISTORIES", "100"))
STEPS = 12
A_TUESDAY = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
WHO = st.sampled_from(["lotte", "lotte", "noor", "noor", "stranger"])
ITEMS = st.frozensets(st.sampled_from([Item.CONTACT, Item.OWN_WORDS, Item.TRIED, Item.INCOME, Item.DEBTS]))


def do_send(found, by):
    actions.send(found, mode=Mode.ORAL, signature="Els", by=by)


def do_refuse(found, by):
    receiving.refuse(found, code=RefusalCode.NO_ROOM, alternative=None, nothing_exists=True, note_text="", by=by)


def do_confirm(found, by):
    said = {"channel": Channel.PHONE, "initiative": Initiative.RECEIVER, "appointment": ""}
    receiving.confirm_contact(found, at=timezone.now(), by=by, **said)


# How people make each move. A move that is not here is made as moving.make makes it, for whoever may.
ROADS = {
    "present": lambda found, by: actions.present(found, by=by),
    "reconsider": lambda found, by: actions.reconsider(found, by=by),
    "send": do_send,
    "accept": lambda found, by: receiving.accept(found, by=by),
    "refuse": do_refuse,
    "pass_on": lambda found, by: receiving.pass_on(found, alternative=ServiceFactory(), by=by),
    "confirm_contact": do_confirm,
    "start": lambda found, by: receiving.start(found, by=by),
    "close": lambda found, by: receiving.close(found, result=CloseResult.SOLVED, by=by),
}
# Reading opens, a failed try gives back, taking back withdraws: rules of their own below; the rest is the clock's.
OTHERWISE = {"open", "give_back", "withdraw"}
BY_PEOPLE = sorted(name for name, move in MOVES.items() if move.by != {Side.SYSTEM} and name not in OTHERWISE)


def as_the_rule_says(name, found, by):
    """Make a move for which the house has no verb that this test knows."""
    side = next(iter(MOVES[name].by))
    if MOVES[name].target not in AT_RECEIVER | AT_HOME:
        packet.destroy(found)
    make(found, name, by=by, side=side)


class Histories(RuleBasedStateMachine):
    """People, the client and the clock do things in any order; after each of them everything must be in order."""

    cast: Cast
    stranger: User

    @initialize(urgent=st.booleans(), items=ITEMS, sent=st.sampled_from([True, True, False]))
    def begin(self, urgent, items, sent):
        """Two teams, a stranger, and one question: mostly on its way, else still at home."""
        self.travel = time_machine.travel(A_TUESDAY, tick=False)
        self.time = self.travel.start()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.cast.question = ClarifiedQuestionFactory(
            client__organization=self.cast.house,
            conversation__worker=self.cast.lotte,
            urgency="urgent" if urgent else "routine",
        )
        self.people = {"lotte": self.cast.lotte, "noor": self.cast.noor, "stranger": self.stranger}
        self.sides = {"lotte": Side.SENDER, "noor": Side.RECEIVER}
        self.told: dict[object, Expected] = {}
        self.before: dict[object, object] = {}
        self.prepare(None)
        if sent:
            pk = self.living()[0]
            self.let_choose(pk, items, "lotte")
            for name in ("present", "send"):
                self.let_move(pk, name, "lotte")

    def teardown(self):
        """Let time pass until the clock has nothing left to do, look once more, and take it all back."""
        if hasattr(self, "undo"):
            try:
                self.wait_for_ever()
                self.all_is_told()
            finally:
                transaction.set_rollback(True)
                self.undo.__exit__(None, None, None)
                self.travel.stop()

    # What people do ------------------------------------------------------------

    def found(self, pk):
        """Give a referral as it is now."""
        return Referral.objects.select_related("packet").get(pk=pk)

    def living(self):
        """Give the referrals that were not erased."""
        return [pk for pk, told in self.told.items() if not told.erased]

    def pick(self, data):
        """Choose one of the referrals that live."""
        return data.draw(st.sampled_from(self.living()))

    def prepare(self, previous):
        """Begin a referral of the question; when it came back, to another service of the same receiver."""
        before = self.found(previous) if previous else None
        service = ServiceFactory(organization=self.cast.rent_help) if previous else self.cast.service
        made = actions.prepare(self.cast.question, service, by=self.cast.lotte, previous=before)
        self.told.setdefault(made.pk, Expected())
        self.before.setdefault(made.pk, previous)

    def try_it(self, act, *, allowed):
        """Do something that must be taken or refused, as it was foretold."""
        try:
            with transaction.atomic():
                act()
        except (Refusal, NotAllowed):
            assert not allowed, "refused what was allowed"
            return False
        assert allowed, "took what was not allowed"
        return True

    @precondition(lambda self: self.living())
    @rule(data=st.data(), fitting=st.sampled_from([True, True, True, False]))
    def move(self, data, fitting):
        """Make a move: mostly one that fits, else any of them by anyone."""
        pk = self.pick(data)
        fits = [
            (name, who) for name in BY_PEOPLE for who, side in self.sides.items() if self.told[pk].allows(name, side)
        ]
        anything = [(name, who) for name in BY_PEOPLE for who in self.people]
        self.let_move(pk, *data.draw(st.sampled_from(fits if fitting and fits else anything)))

    def let_move(self, pk, name, who):
        """Let someone make a move, and follow it."""
        told, by = self.told[pk], self.people[who]
        allowed = told.allows(name, self.sides.get(who))
        act = ROADS.get(name)
        if name == "start" and self.sides.get(who) is Side.RECEIVER and receiving.runs_late(self.found(pk)):
            # That the help still runs gives a later day to look back, and moves nothing.
            receiving.start(self.found(pk), by=by)
            return
        if act is None and not allowed:
            return
        if self.try_it(partial(act or partial(as_the_rule_says, name), self.found(pk), by), allowed=allowed):
            told.moved(name, timezone.localdate())
            if name == "send" and self.before[pk]:
                self.told[self.before[pk]].settled = True

    @precondition(lambda self: self.living())
    @rule(data=st.data(), items=ITEMS, who=WHO)
    def choose(self, data, items, who):
        self.let_choose(self.pick(data), items, who)

    def let_choose(self, pk, items, who):
        """Let someone choose what is shared, and follow it."""
        told = self.told[pk]
        allowed = told.status in AT_HOME and self.sides.get(who) is Side.SENDER
        shared = {item: item in items for item in Item}
        act = partial(actions.choose, self.found(pk), shared=shared, colleague="", warmth=3, by=self.people[who])
        if self.try_it(act, allowed=allowed):
            told.asked = frozenset(str(item) for item in items)

    @precondition(lambda self: self.living())
    @rule(data=st.data())
    def read(self, data):
        pk = self.pick(data)
        if self.told[pk].status not in AT_HOME:
            receiving.read(self.found(pk), by=self.cast.noor)
            if self.told[pk].allows("open", Side.RECEIVER):
                self.told[pk].moved("open", timezone.localdate())

    @precondition(lambda self: self.living())
    @rule(data=st.data(), who=WHO)
    def try_to_reach(self, data, who):
        pk = self.pick(data)
        told = self.told[pk]
        said = {"at": timezone.now(), "channel": Channel.PHONE, "note_text": "", "by": self.people[who]}
        act = partial(receiving.record_attempt, self.found(pk), **said)
        if self.try_it(act, allowed=told.allows("give_back", self.sides.get(who))):
            told.tries += 1
            if told.tries >= ATTEMPTS_BEFORE_RETURN:
                told.moved("give_back", timezone.localdate())

    @precondition(lambda self: self.living())
    @rule(data=st.data(), by_client=st.booleans(), whole=st.booleans(), items=ITEMS)
    def take_back(self, data, by_client, whole, items):
        pk = self.pick(data)
        told, by = self.told[pk], audit.CLIENT if by_client else self.cast.lotte
        if not whole and (told.status in AT_HOME or not items):
            return
        possible = told.status in OPEN or bool(told.readable(timezone.localdate()))
        try:
            with transaction.atomic():
                taking_back.withdraw(self.found(pk), by=by, items=None if whole else items)
        except Refusal:
            assert not possible, "a client could not take back what stands open"
            return
        if not whole:
            told.agreed -= {str(item) for item in items}
        elif told.status in OPEN:
            told.moved("withdraw", timezone.localdate())
        else:
            told.agreed = set()

    @precondition(lambda self: any(self.told[pk].came_back for pk in self.living()))
    @rule(data=st.data(), on=st.booleans())
    def go_on(self, data, on):
        pk = data.draw(st.sampled_from([pk for pk in self.living() if self.told[pk].came_back]))
        if on:
            with suppress(Refusal):
                self.prepare(pk)
        else:
            actions.settle(self.found(pk), how="own_step", by=self.cast.lotte)
            self.told[pk].settled = True

    @precondition(lambda self: self.living())
    @rule(data=st.data(), answer=st.sampled_from(["yes", "not_yet", "no"]))
    def answer(self, data, answer):
        found = self.found(self.pick(data))
        if found.state not in AT_HOME:
            actions.record_answer(found, answer=answer, by=audit.CLIENT)
            actions.write_message(found, text="Dag", form_key=uuid4(), by=self.cast.lotte)

    @rule(hours=st.sampled_from([1, 5, 24, 72, 24 * 20]), twice=st.sampled_from([False, False, True]))
    def wait(self, hours, twice):
        """Let time pass; then the clock does what is due. Twice is the same as once."""
        self.time.shift(timedelta(hours=hours))
        ticking.run()
        if twice:
            again = ticking.run()
            assert again["expired"] == again["lapsed"] == 0
        self.follow_the_clock()

    @precondition(lambda self: self.living())
    @rule(sure=st.integers(0, 9))
    def erase(self, sure):
        """Erase the client, now and then, where nothing stands in the way."""
        card = self.cast.question.client
        if sure != 7 or reasons_to_keep(card):
            return
        erase(card, by=audit.SYSTEM)
        for told in self.told.values():
            told.erased = True

    def follow_the_clock(self):
        """Take over what the clock did; it may only give back what waited too long, or what nobody agreed to."""
        for pk in self.living():
            told, state = self.told[pk], self.found(pk).state
            if state is not told.status:
                moves = {name for name, move in MOVES.items() if move.by == {Side.SYSTEM} and move.target is state}
                assert any(told.allows(name, Side.SYSTEM) for name in moves), (told.status, state)
                told.moved(moves.pop(), timezone.localdate())

    def wait_for_ever(self):
        """Let more than a year pass: nothing may lie with a receiver without an answer."""
        if not self.living():
            return
        for days in (5, 5, 5, 5, 10, 400):
            self.wait(24 * days, twice=False)
        self.in_order()
        for pk in self.living():
            assert self.told[pk].status not in {Status.SENT, Status.RECEIVED, Status.ACCEPTED}, "it waits for ever"
            assert self.told[pk].readable(timezone.localdate()) == set()

    # What must always be true ----------------------------------------------------

    @invariant()
    def in_order(self):
        """Nothing is lost, everything open has an owner and a date, and nobody reads more than was agreed."""
        if hasattr(self, "told"):
            for found in self.all_found():
                self.has_an_owner(found)
                self.shares_what_was_agreed(found)

    def all_found(self):
        """Give every referral of the question: exactly those that were made and not erased."""
        found = Referral.objects.filter(question=self.cast.question.pk).select_related("packet", "sender", "receiver")
        assert {one.pk for one in found} == set(self.living()), "one is lost, or came back from nothing"
        return found

    def has_an_owner(self, found):
        told = self.told[found.pk]
        assert (found.state, found.turn) == (told.status, told.owner)
        assert (found.due_at is not None) or told.owner is None
        if told.owner:
            owner = self.cast.lotte if told.owner is Side.SENDER else self.cast.noor
            assert TURN[found.state] is told.owner
            assert Referral.objects.visible_to(owner).filter(pk=found.pk).exists(), "its owner cannot find it"

    def shares_what_was_agreed(self, found):
        told, row = self.told[found.pk], getattr(found, "packet", None)
        reading = packet.read(found)
        read = {str(item) for item in reading.pieces} if reading else set()
        assert read <= told.agreed, "more can be read than was agreed"
        if row and row.key_id:
            assert not destroyed_keys.holds(row.key_id)
            assert set(actions.shared_items(found)) == told.readable(timezone.localdate())
            assert found.state not in (ENDED - {Status.CLOSED}) | AT_HOME, "a packet outlived its referral"
        elif row:
            assert row.content == ""

    def all_is_told(self):
        """Look at what is only worth a look at the end: the log is whole, and a stranger never knew of anything."""
        destroy_doomed()
        assert list(audit.verify()) == []
        for found in self.all_found():
            log = [(step.from_status, step.to_status) for step in found.log.order_by("created_at")]
            states = [Status.DRAFT, *(to for _from, to in log)]
            assert [before for before, _to in log] == states[:-1], "a step is missing in the log"
            assert states[-1] == found.status
            assert not Referral.objects.visible_to(self.people["stranger"]).filter(pk=found.pk).exists()
            row = getattr(found, "packet", None)
            assert not (row and row.key_id) or keystore.take(row.key_id)


def test_no_history_ends_in_a_lost_ownerless_or_overshared_referral():
    Histories.cast, Histories.stranger = Cast(), MembershipFactory().user
    MembershipFactory(organization=Histories.cast.house, user=UserFactory())
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


def test_every_move_of_the_machine_is_walked():
    """A new move walks along by itself; this only says that none was forgotten by the rules above."""
    by_the_clock = {name for name, move in MOVES.items() if move.by == {Side.SYSTEM}}

    assert {*BY_PEOPLE, *OTHERWISE, *by_the_clock} == set(MOVES)
