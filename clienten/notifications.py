"""What we mail about files of people: counts, days and a link, never a name."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clienten.models.rights import ANSWERING
from core import outbox
from core.moments import full_date
from organisaties.models import Membership, Organization


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
    people = Membership.objects.current().filter(organization=organization, role__in=ANSWERING, user__is_active=True)
    for address in sorted(set(people.values_list("user__email", flat=True))):
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
