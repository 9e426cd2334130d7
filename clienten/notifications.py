"""What we mail about files of people: counts, days and a link, never a name."""

from datetime import date

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clienten.models import Incident
from clienten.models.rights import ANSWERING
from core import outbox
from core.models import User
from core.moments import full_date, short_moment
from organisaties import network
from organisaties.models import Membership, Organization


def _answering(organization: Organization) -> list[str]:
    """Give the addresses of who answers for the data of an organization."""
    people = Membership.objects.current().filter(organization=organization, role__in=ANSWERING, user__is_active=True)
    return sorted(set(people.values_list("user__email", flat=True)))


def files_will_go(organization: Organization, count: int, day: date) -> None:
    """Tell who answers for the data of an organization that files are announced, in time to look at them."""
    words = {"count": count, "day": full_date(day), "organization": organization}
    subject = ngettext("%(count)s file goes on %(day)s", "%(count)s files go on %(day)s", count) % words
    body = ngettext(
        "Nothing happened in %(count)s file of %(organization)s for a long time. It goes on %(day)s. Look here:",
        "Nothing happened in %(count)s files of %(organization)s for a long time. They go on %(day)s. Look here:",
        count,
    )
    link = settings.SITE_URL + reverse("clienten:keeping", args=[organization.pk])
    for address in _answering(organization):
        outbox.post(to=address, subject=subject, body=f"{body % words}\n\n{link}\n", about=organization)


def read_much(address: str, organization: Organization, *, day: date, path: str) -> None:
    """Tell who watches over the data that a colleague looked at unusually much; who, and at what, stands behind it."""
    words = {"day": full_date(day), "organization": organization}
    lead = _("On %(day)s a colleague of %(organization)s looked at many more people than usual. There may be a good "
             "reason: ask. Who it was stands here:") % words  # fmt: skip
    outbox.post(
        to=address,
        subject=_("Someone looked at unusually much"),
        body=f"{lead}\n\n{settings.SITE_URL}{path}\n",
        about=organization,
    )


def asked_about_data(organization: Organization, day: date, *, but: User | None = None, late: bool = False) -> int:
    """Tell who answers that someone asked about the own data, or that the day to answer is over; give how many mails.

    Whoever noted it knows. Where nobody answers, who can name someone is asked to.
    """
    lead = _("Someone asked %(organization)s about the own data. Answer before %(day)s:")
    if late:
        lead = _("Someone asked %(organization)s about the own data. It had to be answered on %(day)s. Answer today:")
    lead %= {"organization": organization, "day": full_date(day)}
    subject = _("A question about data waits for an answer")
    return _tell(organization, subject, lead, reverse("clienten:subjects"), about=organization, but=but)


def incident_waits(incident: Incident, *, but: User | None = None) -> int:
    """Tell who answers that an incident waits for a decision, and until when; give how many mails. No story."""
    organization = incident.organization
    if incident.due_at is None:
        return 0
    words = {"organization": organization, "moment": short_moment(incident.due_at)}
    lead = _("An incident with personal data of %(organization)s waits for a decision, before %(moment)s:") % words
    subject = _("An incident waits for a decision")
    return _tell(organization, subject, lead, incident.get_absolute_url(), about=incident, but=but)


def _tell(organization: Organization, subject: str, lead: str, path: str, *, about: Model, but: User | None) -> int:
    """Mail who answers, except one; where nobody answers, ask who can name someone. Give how many mails."""
    if not (people := _answering(organization)):
        return network.ask_for_a_contact(organization)
    told = [address for address in people if but is None or address != but.email]
    for address in told:
        outbox.post(to=address, subject=subject, body=f"{lead}\n\n{settings.SITE_URL}{path}\n", about=about)
    return len(told)
