"""The machine of the random histories: what the two sides, the client and the clock do, and what must stay true."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clienten.models import ClientCard, Item
from clienten.rights_of_subject.erasing import erase, reasons_to_keep
from core import audit, destroyed_keys, keystore
from core.doomed_keys import destroy_doomed
from core.errors import NotAllowed, Refusal
from doorverwijzing import actions, packet, receiving
from doorverwijzing.clock import owners, ticking
from doorverwijzing.consent import taking_back
from doorverwijzing.models import Channel, Referral
from doorverwijzing.ways import copies
from doorverwijzing.workflow import AT_HOME, ATTEMPTS_BEFORE_RETURN, ENDED, OPEN, TURN, Side, Status
from organisaties import absence
from tests.doorverwijzing.history_cast import (
    BY_PEOPLE,
    HELP,
    HOUSE,
    PLACES,
    ROADS,
    Houses,
    as_the_rule_says,
    come_in,
)
from tests.doorverwijzing.reference_model import Agreed, Expected
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory

A_TUESDAY = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
# Who acts for a receiver where nobody has an account.
GUEST = "guest"
WHO = st.sampled_from(["lotte", "els", "noor", "noor", "karim", "ine", GUEST, "stranger"])
ITEMS = st.frozensets(st.sampled_from([Item.CONTACT, Item.OWN_WORDS, Item.TRIED, Item.INCOME, Item.DEBTS]))

SENT = (("present", "lotte"), ("send", "lotte"))
STARTS = st.sampled_from([
    (), SENT, (*SENT, ("accept", "noor")), (*SENT, ("accept", "karim")),
    (*SENT, ("accept", GUEST)), (*SENT, ("refuse", GUEST)), (*SENT, ("accept", GUEST), ("confirm_contact", GUEST)),
])  # fmt: skip


class TwoSides(RuleBasedStateMachine):
    """People, the client and the clock do things in any order; after each of them everything must be in order."""

    cast: Houses

    @initialize(urgent=st.booleans(), items=ITEMS, start=STARTS)
    def begin(self, urgent, items, start):
        """One question: at home, on its way, or as far as a worker or a guest brought it, who finds it unmanned."""
        self.travel = time_machine.travel(A_TUESDAY, tick=False)
        self.time = self.travel.start()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people, self.houses, self.places = self.cast.people, self.cast.houses, dict(PLACES)
        self.question = ClarifiedQuestionFactory(
            client__organization=self.houses[HOUSE],
            conversation__worker=self.people["lotte"],
            urgency="urgent" if urgent else "routine",
        )
        self.told: dict[object, Expected] = {}
        self.before: dict[object, object] = {}
        self.agreed: dict[tuple[object, str], Agreed] = {}
        self.inside: dict[object, object] = {}
        self.set_up()
        self.prepare(None, "lotte")
        pk = self.living()[0]
        if start:
            self.let_choose(pk, items, "lotte")
        for name, who in start:
            if who == GUEST:
                self.all_leave(HELP)
            self.let_move(pk, name, who)

    def set_up(self):
        """Let the rest of the world begin."""

    def all_leave(self, house):
        """Let everybody who works in a house leave it."""

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

    # Who and what ----------------------------------------------------------------

    def found(self, pk):
        """Give a referral as it is now."""
        return Referral.objects.select_related("packet", "receiver", "sender", "client").get(pk=pk)

    def living(self):
        """Give the referrals that were not erased."""
        return [pk for pk, told in self.told.items() if not told.erased]

    def pick(self, data):
        """Choose one of the referrals that live."""
        return data.draw(st.sampled_from(self.living()))

    def at_work(self, house):
        """Name who works in a house now, in a fixed order."""
        return [name for name, place in self.places.items() if place == house]

    def side(self, pk, who):
        """Tell for which side someone speaks: a guest for a receiver where nobody has an account."""
        told = self.told[pk]
        if who == GUEST:
            return Side.RECEIVER if told.status not in AT_HOME and not self.at_work(told.receiver) else None
        return {told.sender: Side.SENDER, told.receiver: Side.RECEIVER}.get(self.places.get(who))

    def actor(self, pk, who):
        """Give who acts; nobody where the door of a guest is shut."""
        return self.people[who] if who != GUEST else come_in(self.found(pk), self.inside)

    def of_receiver(self, pk):
        """Name who can speak for the receiver now."""
        return (self.at_work(self.told[pk].receiver) or [GUEST])[0]

    def of_sender(self, pk):
        """Name who can speak for the sender now; nobody where all have left."""
        return next(iter(self.at_work(self.told[pk].sender)), None)

    @property
    def today(self):
        """Give the day of today."""
        return timezone.localdate()

    def prepare(self, previous, who):
        """Begin a referral of the question; when it came back, to another service of the same receiver."""
        before = self.found(previous) if previous else None
        service = ServiceFactory(organization=self.houses[HELP]) if previous else self.cast.services[HELP]
        made = actions.prepare(self.question, service, by=self.people[who], previous=before)
        self.follow_new(made, Expected(HOUSE, HELP, self.agreement(self.question.pk, HELP)))
        self.before.setdefault(made.pk, previous)

    def agreement(self, question, receiver):
        """Give what was agreed with a receiver about a question."""
        return self.agreed.setdefault((question, receiver), Agreed())

    def follow_new(self, made, expected):
        """Follow a referral from its beginning."""
        self.told[made.pk] = expected

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

    # What people do ------------------------------------------------------------

    @precondition(lambda self: self.living())
    @rule(data=st.data(), fitting=st.sampled_from([True, True, True, False]))
    def move(self, data, fitting):
        """Make a move: mostly one that fits, else any of them by anyone."""
        pk = self.pick(data)
        anything = [(name, who) for name in BY_PEOPLE for who in (*self.places, GUEST)]
        fits = [(name, who) for name, who in anything if self.told[pk].allows(name, self.side(pk, who))]
        self.let_move(pk, *data.draw(st.sampled_from(fits if fitting and fits else anything)))

    def let_move(self, pk, name, who):
        """Let someone make a move, and follow it."""
        told, by, side = self.told[pk], self.actor(pk, who), self.side(pk, who)
        allowed = told.allows(name, side)
        act = ROADS.get(name)
        if by is None or (act is None and not allowed):
            assert not allowed, "the door of a guest is shut"
            return
        if name == "start" and side is Side.RECEIVER and receiving.runs_late(self.found(pk)):
            # That the help still runs gives a later day to look back, and moves nothing.
            receiving.start(self.found(pk), by=by)
            return
        if self.try_it(partial(act or partial(as_the_rule_says, name), self.found(pk), by), allowed=allowed):
            told.moved(name, self.today)
            self.settle_previous(pk, name)

    def settle_previous(self, pk, name="send"):
        """Settle what was sent on where it came from."""
        if name == "send" and self.before.get(pk):
            self.told[self.before[pk]].settled = True

    @precondition(lambda self: self.living())
    @rule(data=st.data(), items=ITEMS, who=WHO)
    def choose(self, data, items, who):
        self.let_choose(self.pick(data), items, who)

    def let_choose(self, pk, items, who):
        """Let someone choose what is shared, and follow it. What a copy does not hold cannot be chosen."""
        told = self.told[pk]
        if who == GUEST:
            return
        allowed = told.status in AT_HOME and self.side(pk, who) is Side.SENDER
        shared = {item: item in items for item in Item}
        act = partial(actions.choose, self.found(pk), shared=shared, colleague="", warmth=3, by=self.people[who])
        if self.try_it(act, allowed=allowed):
            told.asked = frozenset(str(item) for item in items)
            if told.parent:
                told.asked &= told.parent.copied

    @precondition(lambda self: self.living())
    @rule(data=st.data())
    def read(self, data):
        pk = self.pick(data)
        if self.told[pk].status not in AT_HOME:
            receiving.read(self.found(pk), by=self.actor(pk, self.of_receiver(pk)))
            if self.told[pk].allows("open", Side.RECEIVER):
                self.told[pk].moved("open", self.today)

    @precondition(lambda self: self.living())
    @rule(data=st.data(), who=WHO)
    def try_to_reach(self, data, who):
        pk = self.pick(data)
        told, by, allowed = self.told[pk], self.actor(pk, who), self.told[pk].allows("give_back", self.side(pk, who))
        if by is None:
            assert not allowed, "the door of a guest is shut"
            return
        said = {"at": timezone.now(), "channel": Channel.PHONE, "note_text": "", "by": by}
        if self.try_it(partial(receiving.record_attempt, self.found(pk), **said), allowed=allowed):
            told.tries += 1
            if told.tries >= ATTEMPTS_BEFORE_RETURN:
                told.moved("give_back", self.today)

    @precondition(lambda self: self.living())
    @rule(data=st.data(), by_client=st.booleans(), whole=st.booleans(), items=ITEMS)
    def take_back(self, data, by_client, whole, items):
        pk = self.pick(data)
        told, worker = self.told[pk], self.of_sender(pk)
        by = audit.CLIENT if by_client or worker is None else self.people[worker]
        if not whole and (told.status in AT_HOME or not items):
            return
        act = partial(taking_back.withdraw, self.found(pk), by=by, items=None if whole else items)
        if self.try_it(act, allowed=told.status in OPEN or told.is_open(self.today)):
            told.taken_back(None if whole else {str(item) for item in items}, self.today)

    @precondition(lambda self: any(self.told[pk].came_back for pk in self.living()))
    @rule(data=st.data(), on=st.booleans())
    def go_on(self, data, on):
        pk = data.draw(st.sampled_from([pk for pk in self.living() if self.told[pk].came_back]))
        who = self.of_sender(pk)
        if who and on and not self.told[pk].parent:
            with suppress(Refusal):
                self.prepare(pk, who)
        elif who:
            actions.settle(self.found(pk), how="own_step", by=self.people[who])
            self.told[pk].settled = True

    @precondition(lambda self: self.living())
    @rule(data=st.data(), answer=st.sampled_from(["yes", "not_yet", "no"]))
    def answer(self, data, answer):
        pk = self.pick(data)
        if self.told[pk].status not in AT_HOME:
            actions.record_answer(self.found(pk), answer=answer, by=audit.CLIENT)
            if who := self.of_sender(pk):
                actions.write_message(self.found(pk), text="Dag", form_key=uuid4(), by=self.people[who])

    @rule(hours=st.sampled_from([1, 5, 24, 72, 24 * 20]), twice=st.sampled_from([False, False, True]))
    def wait(self, hours, twice):
        """Let time pass; then the clock does what is due. Twice is the same as once."""
        self.let_pass(timedelta(hours=hours))
        if twice:
            again = ticking.run()
            assert again["expired"] == again["lapsed"] == 0
        if hours >= 24:
            self.night()

    def let_pass(self, time):
        """Let the clock do what is due after a while."""
        self.time.shift(time)
        ticking.run()
        copies.tidy()
        self.follow_the_clock()

    def night(self):
        """Let the night mend what nobody has in hand."""
        absence.begin_due()
        owners.mend()
        self.night_went_by()

    def night_went_by(self):
        """Look at what the night must have mended."""

    @precondition(lambda self: self.living())
    @rule(sure=st.integers(0, 9))
    def erase(self, sure):
        """Erase the client, now and then, where nothing stands in the way."""
        card = ClientCard.objects.get(pk=self.question.client_id)
        assert bool(reasons_to_keep(card)) is self.waits_for_a_look()
        if sure != 7 or self.waits_for_a_look():
            return
        erase(card, by=audit.SYSTEM)
        for told in self.told.values():
            told.erased = True

    def waits_for_a_look(self):
        """Tell whether somebody must still look back at something of this person."""
        return any(self.told[pk].unreviewed for pk in self.living())

    def follow_the_clock(self):
        """Take over what the clock did; it may only give back what waited too long, or what nobody agreed to."""
        for pk in self.living():
            told, state = self.told[pk], self.found(pk).state
            if state is Status.EXPIRED is not told.status:
                assert told.allows("expire", Side.SYSTEM), (told.status, state)
                told.moved("expire", self.today)
            told.swept(self.today)
        for pk in self.living():
            self.told[pk].leave_copy(self.today)
            assert self.found(pk).state is self.told[pk].status

    def wait_for_ever(self):
        """Let more than a year pass: nothing may lie with a receiver without an answer."""
        if not self.living():
            return
        for days in (5, 5, 5, 5, 10, 400):
            self.let_pass(timedelta(days=days))
        self.night()
        self.in_order()
        for pk in self.living():
            assert self.told[pk].status not in {Status.SENT, Status.RECEIVED, Status.ACCEPTED}, "it waits for ever"
            assert self.told[pk].readable(self.today) == set()

    # What must always be true ----------------------------------------------------

    @invariant()
    def in_order(self):
        """Nothing is lost, everything open has an owner and a date, and nobody reads more than was agreed."""
        if hasattr(self, "told"):
            for found in self.all_found():
                self.has_an_owner(found)
                self.shares_what_was_agreed(found)

    def all_found(self):
        """Give every referral: exactly those that were made and not erased."""
        found = Referral.objects.select_related("packet", "sender", "receiver", "sender_worker", "receiver_worker")
        assert {one.pk for one in found} == set(self.living()), "one is lost, or came back from nothing"
        return found

    def has_an_owner(self, found):
        told = self.told[found.pk]
        assert (found.state, found.turn) == (told.status, told.owner)
        assert (found.due_at is not None) or told.owner is None
        if told.owner:
            assert TURN[found.state] is told.owner
            for name in self.at_work(told.sender if told.owner is Side.SENDER else told.receiver)[:1]:
                seen = Referral.objects.visible_to(self.people[name])
                assert seen.filter(pk=found.pk).exists(), "its owner cannot find it"

    def shares_what_was_agreed(self, found):
        told, row = self.told[found.pk], getattr(found, "packet", None)
        readable, reading = told.readable(self.today), packet.read(found)
        read = {str(item) for item in reading.pieces} if reading else set()
        assert bool(reading) is told.is_open(self.today)
        assert read == readable & told.worded, "more or less can be read than was agreed"
        if row and row.key_id:
            assert not destroyed_keys.holds(row.key_id)
            assert set(actions.shared_items(found)) == readable
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
            for who in ("stranger", "bea", "watcher"):
                assert not Referral.objects.visible_to(self.people[who]).filter(pk=found.pk).exists()
            row = getattr(found, "packet", None)
            assert not (row and row.key_id) or keystore.take(row.key_id)
