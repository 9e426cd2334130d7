"""The mail of an invitation: a link after commit, and no harm when the mail server is away."""

from smtplib import SMTPException

import pytest
from django.core import mail

from organisaties import actions
from organisaties.models import Invitation
from organisaties.roles import Role

pytestmark = pytest.mark.django_db
TOM = "tom@pannenhoek.example"


def test_an_invitation_is_mailed_after_commit(organization, team_lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=team_lead)
        assert mail.outbox == []

    (sent,) = mail.outbox
    assert sent.to == [TOM]
    assert sent.subject == "Sociaal Huis Pannenhoek nodigt je uit voor Dorpel"
    assert f"http://testserver/leden/uitnodiging/{invitation.token}/" in sent.body


def test_an_invitation_says_its_last_day_in_words(
    organization, team_lead, django_capture_on_commit_callbacks, time_machine
):
    time_machine.move_to("2026-11-23 10:00", tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=team_lead)

    assert "30 november 2026" in mail.outbox[0].body


def test_a_mail_server_that_is_away_costs_nothing(
    organization, team_lead, settings, django_capture_on_commit_callbacks, caplog
):
    settings.EMAIL_BACKEND = "tests.organisaties.test_notifications.Away"

    with django_capture_on_commit_callbacks(execute=True):
        invitation = actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=team_lead)

    assert Invitation.objects.open().get() == invitation
    assert str(invitation.pk) in caplog.text
    assert TOM not in caplog.messages[0]


class Away:
    """A mail server that does not answer."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        """Fail."""
        raise SMTPException("away")
