"""News that can wait until the morning, for who chose one mail a day. What asks for an answer never waits."""

from collections import Counter
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.models import User
from core.workdays import is_workday
from doorverwijzing.models import NoticeWish, Referral, Rhythm, WaitingNotice

# In working hours: before this nobody reads, after this it is no morning mail any more.
FROM, UNTIL = time(8, 30), time(17)


def put_aside(address: str, subject: str, referral: Referral) -> bool:
    """Keep news for the morning when the person at this address chose that; tell whether it was kept."""
    wish = NoticeWish.objects.filter(person__email__iexact=address, rhythm=Rhythm.DAILY).first()
    if wish is None:
        return False
    WaitingNotice.objects.create(person_id=wish.person_id, referral=referral, subject=subject)
    return True


def send(now: datetime | None = None) -> dict[str, int]:
    """Mail each person the news that waits, on a working day, in working hours, once a day. Safe to repeat."""
    now = timezone.localtime(now or timezone.now())
    if not is_workday(now.date()) or not FROM <= now.time() < UNTIL:
        return {"mails": 0}
    today = timezone.make_aware(datetime.combine(now.date(), time.min))
    people = WaitingNotice.objects.filter(created_at__lt=today).order_by().values_list("person", flat=True).distinct()
    return {"mails": sum(_send_to(person, now) for person in list(people))}


@transaction.atomic
def _send_to(person: int, now: datetime) -> int:
    """Turn all that waits for one person into one mail."""
    user = User.objects.select_for_update().filter(pk=person, is_active=True).first()
    waiting = WaitingNotice.objects.filter(person=person, created_at__lte=now)
    news = list(waiting.select_related("referral__sender", "referral__receiver"))
    waiting.filter(pk__in=[notice.pk for notice in news]).delete()
    visible = (
        set(
            Referral.objects.visible_to(user)
            .filter(pk__in=[notice.referral_id for notice in news])
            .values_list("pk", flat=True)
        )
        if user
        else set()
    )
    told = [notice for notice in news if notice.referral_id in visible]
    if user is None or not told:
        return 0
    outbox.post(to=user.email, subject=_("Your news of the last day"), body=_body(told))
    return 1


def _body(news: list[WaitingNotice]) -> str:
    """Write the mail: what happened and a link for each referral, and nobody's name."""
    counts: dict[UUID, Counter[str]] = {}
    links: dict[UUID, str] = {}
    for notice in news:
        counts.setdefault(notice.referral_id, Counter())[notice.subject] += 1
        links[notice.referral_id] = settings.SITE_URL + notice.referral.get_absolute_url()
    parts = [
        "\n".join([*(f"{subject} ({times})" if times > 1 else subject for subject, times in what.items()), links[pk]])
        for pk, what in counts.items()
    ]
    return _("%(news)s\n\nThis mail holds no personal data. Log in to read more.\n") % {"news": "\n\n".join(parts)}
