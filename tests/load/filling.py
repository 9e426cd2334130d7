"""Fills an installation with years of work: a few open questions for each team, and many that ended. A program."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (Django first)
from django.db import connection  # noqa: E402 (Django first)
from django.utils import timezone  # noqa: E402 (Django first)

from clienten.models import ClientCard, Mode  # noqa: E402 (Django first)
from core.models import OutgoingMail  # noqa: E402 (Django first)
from doorverwijzing import actions, receiving  # noqa: E402 (Django first)
from doorverwijzing.models import Packet, Referral, Step  # noqa: E402 (Django first)
from doorverwijzing.workflow import Side, Status  # noqa: E402 (Django first)
from tests.factories.doorverwijzing import SHARED  # noqa: E402 (Django first)
from tests.factories.organisaties import MembershipFactory, OrganizationFactory  # noqa: E402 (Django first)
from tests.factories.sociale_kaart import ServiceFactory  # noqa: E402 (Django first)
from tests.factories.vraagverheldering import ClarifiedQuestionFactory  # noqa: E402 (Django first)
from tests.faults.story import session_of  # noqa: E402 (Django first)
from vraagverheldering.models import ClarifiedQuestion, Conversation  # noqa: E402 (Django first)

BATCH = 2000
ROAD = ["draft", "presented", "sent", "received", "accepted", "contact_made", "closed"]
MOVES = ["present", "send", "open", "accept", "confirm_contact", "close"]


class Team:
    """One organization with two workers and a service; it refers to the next team."""

    def __init__(self) -> None:
        self.organization = OrganizationFactory()
        self.workers = [MembershipFactory(organization=self.organization).user for _two in range(2)]
        self.service = ServiceFactory(organization=self.organization)


def open_questions(team: Team, to: Team) -> dict[str, list[str]]:
    """Walk the real road with eight questions: to send, to accept, to speak about, to take back."""
    made: dict[str, list[str]] = {"send": [], "accept": [], "talk": [], "withdraw": []}
    worker, receiver = team.workers[0], to.workers[0]
    for kind in ["send", "send", "accept", "accept", "talk", "talk", "talk", "withdraw"]:
        question = ClarifiedQuestionFactory(client__organization=team.organization, conversation__worker=worker)
        referral = actions.prepare(question, to.service, by=worker)
        actions.choose(referral, shared=SHARED, colleague="", warmth=3, by=worker)
        actions.present(referral, by=worker)
        if kind != "send":
            actions.send(referral, mode=Mode.ORAL, signature="Els", by=worker)
        if kind == "talk":
            receiving.read(referral, by=receiver)
            receiving.accept(referral, by=receiver)
        made[kind].append(str(referral.pk))
    return made


def ended_questions(team: Team, to: Team, count: int) -> None:
    """Write down what ended in the past years: rows as the real road leaves them, thousands at a time."""
    now, worker = timezone.now(), team.workers[0]
    for first in range(0, count, BATCH):
        size = min(BATCH, count - first)
        cards = [
            ClientCard(organization=team.organization, created_by=worker, first_name="Nour") for _one in range(size)
        ]
        talks = [
            Conversation(organization=team.organization, worker=worker, client=card, finished_at=now) for card in cards
        ]
        questions = [
            ClarifiedQuestion(client=talk.client, conversation=talk, wish="hulp bij de huur", goal="Er is rust.")
            for talk in talks
        ]
        ended = [now - timedelta(days=40 + (first + number) % 1500) for number in range(size)]
        referrals = [
            Referral(
                question=question, client=question.client, sender=team.organization, sender_worker=worker,
                service=to.service, receiver=to.organization, receiver_worker=to.workers[0], mode=Mode.ORAL,
                status=Status.CLOSED, status_at=end, created_at=end, sent_at=end, due_at=None, result="solved",
            )
            for question, end in zip(questions, ended, strict=True)
        ]  # fmt: skip
        packets = [Packet(referral=one, content="", key_id=None, destroyed_at=now) for one in referrals]
        for model, rows in (
            (ClientCard, cards), (Conversation, talks), (ClarifiedQuestion, questions), (Referral, referrals),
            (Packet, packets), (Step, [step for one in referrals for step in steps_of(one)]),
        ):  # fmt: skip
            model._base_manager.bulk_create(rows, batch_size=BATCH)


def steps_of(referral: Referral) -> list[Step]:
    """Give the log of a referral that went well."""
    return [
        Step(
            referral=referral, move=move, from_status=ROAD[number], to_status=ROAD[number + 1], at=referral.status_at,
            side=Side.SENDER if number < 2 else Side.RECEIVER,
        )
        for number, move in enumerate(MOVES)
    ]  # fmt: skip


def fill(referrals: int, teams: int) -> dict[str, object]:
    """Fill the installation; give who can do what, for the workers of the load."""
    call_command("createcachetable")
    ring = [Team() for _team in range(teams)]
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    opened = [open_questions(team, to) for team, to in pairs]
    left = referrals - sum(len(found) for made in opened for found in made.values())
    for number, (team, to) in enumerate(pairs):
        ended_questions(team, to, left // teams + (number < left % teams))
    OutgoingMail.objects.all().delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {
        "referrals": Referral.objects.count(),
        "teams": [
            {
                "sessions": [session_of(worker) for worker in team.workers],
                "sent": made,
                "received": received,
            }
            for team, made, received in zip(ring, opened, [opened[-1], *opened[:-1]], strict=True)
        ],
    }


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]), int(sys.argv[2]))), flush=True)
