"""Random histories with the real database: none ends in a lost, ownerless or over-shared referral."""

import os
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from clienten.consent.overriding import Grounds
from clienten.emergency import actions as emergency
from clienten.models import ClientCard, EmergencyAccess, Item, Override, Verdict, Why
from doorverwijzing.clock import chain
from doorverwijzing.consent import overriding
from doorverwijzing.models.referral import TAKEN
from doorverwijzing.ways import copies, family
from doorverwijzing.workflow import AT_HOME, AT_RECEIVER, MOVES, Side
from organisaties import absence
from organisaties import actions as leaving
from organisaties.models import Absence
from tests.doorverwijzing.histories import GUEST, TwoSides
from tests.doorverwijzing.history_cast import (
    BY_PEOPLE,
    HELP,
    HOUSE,
    LEADER,
    MOVERS,
    OTHERWISE,
    PLACES,
    ROADS,
    THIRD,
    Houses,
)
from tests.doorverwijzing.reference_model import Expected
from tests.factories.organisaties import MembershipFactory
from vraagverheldering.models import ClarifiedQuestion

pytestmark = pytest.mark.django_db
HISTORIES = int(os.environ.get("HISTORIES", "100"))
STEPS = 12
AN_HOUR = timedelta(minutes=60)
GROUNDS = Grounds(why=Why.DANGER, reason="Er is vannacht geen bed, en niemand neemt op.")
EMERGENCY = {"why": "tonight", "reason": "Geen bed vannacht.", "asked": "Lotte, geen gehoor"}
# How a copied question calls each piece.
COPIED = {Item.OWN_WORDS: "own_words", Item.INCOME: "income", Item.DEBTS: "debts", Item.TRIED: "tried"}


class Histories(TwoSides):
    """The same, with people who leave and are away, guests, referring on, sharing without a yes, and emergencies."""

    def set_up(self):
        self.opened: list[EmergencyAccess] = []
        self.emptied: set[str] = set()
        self.somebody_was_away = False

    # People come and go ----------------------------------------------------------

    @rule(who=st.sampled_from([*MOVERS, LEADER]))
    def leave(self, who):
        """Let someone leave for good; who leads the house alone cannot."""
        house = self.places[who]
        if house is None:
            return
        act = partial(leaving.leave, self.people[who], self.houses[house], by=self.people[who])
        if self.try_it(act, allowed=who != LEADER):
            self.places[who] = None
            self.emptied |= set() if self.at_work(house) else {house}

    def all_leave(self, house):
        for who in self.at_work(house):
            self.leave(who=who)

    @precondition(lambda self: None in self.places.values())
    @rule(data=st.data())
    def come_back(self, data):
        """Let someone who left work again where they did."""
        who = data.draw(st.sampled_from([name for name, place in self.places.items() if place is None]))
        self.places[who] = PLACES[who]
        MembershipFactory(user=self.people[who], organization=self.houses[PLACES[who]])

    @rule(who=st.sampled_from([*MOVERS, LEADER]), begins=st.sampled_from([0, 0, 2]), lasts=st.sampled_from([1, 14]))
    def go_away(self, who, begins, lasts):
        """Let someone be away for a while, from today or from a later day."""
        if self.places[who] is None:
            return
        first = self.today + timedelta(days=begins)
        days = {"starts_on": first, "ends_on": first + timedelta(days=lasts)}
        house, by = self.houses[self.places[who]], self.people[who]
        absence.go_away(by, house, stand_in=None, by=by, **days)
        self.somebody_was_away = True

    def has_an_owner(self, found):
        super().has_an_owner(found)
        told = self.told[found.pk]
        if not told.owner:
            return
        if self.at_work(told.sender) and told.sender not in self.emptied:
            assert self.works(found.sender_worker, told.sender), "who left still has it in hand"
        if found.state in TAKEN and not found.mailbox_keeps:
            assert told.receiver in self.emptied or self.works(found.receiver_worker, told.receiver)
        if self.somebody_was_away or self.places != PLACES:
            self.mails_go_to_who_is_there(found, told)

    def works(self, person, house):
        """Tell whether someone works in a house now."""
        return person in [self.people[name] for name in self.at_work(house)]

    def mails_go_to_who_is_there(self, found, told):
        """Let a reminder reach who works there and is not away, who leads there, or the mailbox."""
        house = told.sender if told.owner is Side.SENDER else told.receiver
        away = set(Absence.objects.on(self.today).values_list("user__email", flat=True))
        there = {self.people[name].email for name in self.at_work(house)} - away
        leads = {self.people[LEADER].email} if house == HOUSE else {self.houses[house].inbox}
        assert chain.holder(found) in there | leads, "nobody who is there hears of it"

    def night_went_by(self):
        """After a night nothing is in the hands of who left, as soon as somebody is there again."""
        self.emptied = {house for house in self.emptied if not self.at_work(house)}

    # A receiver without accounts -----------------------------------------------------

    @precondition(lambda self: len(self.living()) > 1)
    @rule(data=st.data(), name=st.sampled_from(sorted(ROADS)))
    def stray(self, data, name):
        """Let a guest of one question try another one: nothing of that is taken."""
        one, other = data.draw(st.permutations(self.living()))[:2]
        guest = self.actor(one, GUEST) if self.told[one].status not in AT_HOME else None
        if guest:
            self.try_it(partial(ROADS[name], self.found(other), guest), allowed=False)

    # Referring on inside --------------------------------------------------------------

    @precondition(lambda self: any(self.told[pk].receiver == HELP for pk in self.living()))
    @rule(data=st.data(), who=st.sampled_from(["noor", "noor", "karim", "lotte", "stranger"]), onward=st.booleans())
    def refer_on(self, data, who, onward):
        """Let a receiver refer on inside: a copy with no more than it may read, and a child that asks its own yes."""
        pk = data.draw(st.sampled_from([pk for pk in self.living() if self.told[pk].receiver == HELP]))
        told, made = self.told[pk], []
        copying = told.may_be_copied(self.today) and self.side(pk, who) is Side.RECEIVER
        act = partial(copies.copy_question, self.found(pk), by=self.people[who])
        if not self.try_it(lambda: made.append(act()), allowed=copying):
            return
        if told.copied is None:
            told.copied = told.readable(self.today) | {Item.CONTACT.value}
        busy = any(child.status in AT_RECEIVER for child in told.children)
        act = partial(family.refer_on, made[0], self.cast.services[THIRD], by=self.people[who])
        if self.try_it(lambda: made.append(act()), allowed=not busy) and made[1].pk not in self.told:
            agreed = self.agreement(made[0].pk, THIRD)
            self.follow_new(made[1], Expected(HELP, THIRD, agreed, parent=told))
        if onward and len(made) > 1:
            for name in ("present", "send"):
                self.let_move(made[1].pk, name, who)

    @invariant()
    def a_copy_holds_no_more(self):
        """Find what was taken back in no copy, and what was never agreed neither."""
        if not hasattr(self, "told"):
            return
        for pk in self.living():
            told = self.told[pk]
            if told.copied is not None:
                copy = ClarifiedQuestion.objects.get(form_key=self.found(pk).form_key)
                held = {item.value for item, name in COPIED.items() if getattr(copy, name)}
                assert held == told.copied - {Item.CONTACT}
                assert bool(copy.client.phone) <= (Item.CONTACT in told.copied)

    # Without a yes --------------------------------------------------------------------

    @precondition(lambda self: any(self.told[pk].status in AT_HOME for pk in self.living()))
    @rule(data=st.data(), who=st.sampled_from([LEADER, LEADER, "lotte", "noor", "watcher"]))
    def share_without_a_yes(self, data, who):
        """Only who leads the house may, and somebody else looks at it afterwards."""
        pk = data.draw(st.sampled_from([pk for pk in self.living() if self.told[pk].status in AT_HOME]))
        told = self.told[pk]
        act = partial(overriding.send_without_yes, self.found(pk), grounds=GROUNDS, by=self.people[who])
        if self.try_it(act, allowed=who == LEADER and told.sender == HOUSE):
            told.overridden(self.today)
            self.settle_previous(pk)

    @precondition(lambda self: any(self.told[pk].unreviewed for pk in self.living()))
    @rule(data=st.data(), who=st.sampled_from(["watcher", "watcher", LEADER, "noor"]), justified=st.booleans())
    def review(self, data, who, justified):
        """Let someone look back at it: never who shared; what was not right closes at once."""
        pk = data.draw(st.sampled_from([pk for pk in self.living() if self.told[pk].unreviewed]))
        said = Verdict.JUSTIFIED if justified else Verdict.NOT_JUSTIFIED
        made = Override.objects.get(occasion=pk)
        act = partial(overriding.review, made, verdict=said, remark="", by=self.people[who])
        if self.try_it(act, allowed=who == "watcher"):
            self.told[pk].reviewed(self.today, justified=justified)

    # In an emergency ---------------------------------------------------------------------

    @precondition(lambda self: self.living() and len(self.opened) < 2)
    @rule(who=st.sampled_from(["bea", "bea", "lotte", "noor", "stranger"]))
    def break_the_glass(self, who):
        """Only the circle may, for an hour; asking twice is the same hour."""
        card, opened = ClientCard.objects.get(pk=self.question.client_id), []
        act = partial(emergency.open_card, card, by=self.people[who], **EMERGENCY)
        if self.try_it(lambda: opened.append(act()), allowed=who == "bea") and opened[0] not in self.opened:
            assert not any(self.runs(one) for one in self.opened), "a second hour beside the first"
            self.opened.append(opened[0])

    @precondition(lambda self: any(not one.verdict for one in self.opened) and self.living())
    @rule(data=st.data(), who=st.sampled_from(["watcher", "watcher", "bea", "noor"]), right=st.booleans())
    def judge(self, data, who, right):
        """Let someone look back at an emergency: never who opened it; a no closes the card at once."""
        one = data.draw(st.sampled_from([one for one in self.opened if not one.verdict]))
        said = {"verdict": "right" if right else "wrong", "remark": ""}
        if self.try_it(partial(emergency.judge, one, by=self.people[who], **said), allowed=who == "watcher"):
            one.verdict = said["verdict"]

    def runs(self, one):
        """Tell whether the hour of an emergency runs, and nobody said that it was wrong."""
        return one.verdict != "wrong" and timezone.now() < one.created_at + AN_HOUR

    def waits_for_a_look(self):
        return super().waits_for_a_look() or any(not one.verdict for one in self.opened)

    @invariant()
    def the_glass_is_whole(self):
        """Let the card be open for the one who broke the glass, for the one hour, and no longer."""
        if hasattr(self, "told") and self.opened and self.living():
            running = EmergencyAccess.objects.of(self.people["bea"]).running(timezone.now())
            assert running.count() == sum(map(self.runs, self.opened))

    def all_is_told(self):
        super().all_is_told()
        for who in ("bea", "stranger", "watcher"):
            assert not ClientCard.objects.visible_to(self.people[who]).exists()
        assert not EmergencyAccess.objects.exclude(opened_by=self.people["bea"]).exists()


def test_no_history_ends_in_a_lost_ownerless_or_overshared_referral():
    Histories.cast = Houses()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
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
