"""A form for where there is no network: printed with a code, filled in by hand, typed in later with its own times."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent import texts
from clienten.models import Item
from core import audit, pdf, short_codes
from core.errors import NotAllowed, Refusal
from core.models import User
from core.moments import full_date
from doorverwijzing import actions
from doorverwijzing.models import CODE_LENGTH, PaperForm, Referral, Warmth
from doorverwijzing.moving import note
from organisaties.models import Organization
from sociale_kaart.models import Service
from vraagverheldering import actions as talk_actions
from vraagverheldering.models import Place

MOST_AT_ONCE = 10
# Who comes back later than this makes a new conversation of it: what was said then may have changed.
LASTS = timedelta(days=30)
ON_THE_FORM = [item for item in Item if item not in (Item.QUESTION, Item.RIGHTS)]


@dataclass(frozen=True)
class Sheet:
    """What stands on a filled-in form."""

    happened_at: datetime
    service: Service
    person: Mapping[str, Any]
    said: str
    question: Mapping[str, Any]
    shared: list[str] = field(default_factory=list)


def _require_worker(organization: Organization, user: User) -> None:
    if not organization.is_cared_for_by(user):
        raise NotAllowed(_("Only a worker of %(organization)s can do this.") % {"organization": organization})


@transaction.atomic
def make(organization: Organization, count: int, *, by: User) -> list[PaperForm]:
    """Give new blank forms, each with its own code. Raises NotAllowed."""
    _require_worker(organization, by)
    forms = [
        PaperForm.objects.create(code=short_codes.new_code(CODE_LENGTH), organization=organization, printed_by=by)
        for _number in range(min(max(count, 1), MOST_AT_ONCE))
    ]
    for form in forms:
        audit.record("paper.printed", subject=form, by=by, organization=organization, code=form.code)
    return forms


def as_pdf(forms: list[PaperForm]) -> bytes:
    """Draw blank forms, one sheet of A4 each."""
    return pdf.render("doorverwijzing/print/blank_forms.html", {"forms": forms, **words_of(forms[0].organization)})


def words_of(organization: Organization) -> dict[str, Any]:
    """Give the texts of a blank form: what is asked, and each piece as the person reads it."""
    receiver, sender = "……………………………", organization.name
    labels = texts.page_words(texts.DUTCH, receiver=receiver, sender=sender).labels
    return {
        "organization": organization,
        "wording": texts.wording(receiver=receiver, sender=sender, items=[]),
        "pieces": [(item, labels.get(item, str(item.label))) for item in ON_THE_FORM],
    }


def refuse_impossible_time(form: PaperForm, happened_at: datetime, *, now: datetime) -> None:
    """Raise Refusal when it cannot have happened then: before the form was printed, too long ago, or still to come."""
    if happened_at > now:
        raise Refusal(_("This moment is still to come. Look at the day and the hour on the form."))
    if happened_at < form.created_at.replace(second=0, microsecond=0):
        raise Refusal(
            _("This form was printed on %(day)s. It cannot have been filled in before.")
            % {"day": full_date(form.created_at)}
        )
    if now - happened_at > LASTS:
        raise Refusal(_("This is more than 30 days ago. Ask the person again, and begin a new conversation."))


@transaction.atomic
def type_in(form: PaperForm, sheet: Sheet, *, by: User) -> Referral:
    """Make a referral of a filled-in form, shown to the client already; its yes is noted on the next page.

    When it happened and when it was typed in are kept apart. Raises NotAllowed or Refusal.
    """
    _require_worker(form.organization, by)
    kept, now = PaperForm.objects.select_for_update().get(pk=form.pk), timezone.now()
    if kept.recorded_at:
        raise Refusal(_("This form was typed in already. Print a new one for another question."))
    refuse_impossible_time(kept, sheet.happened_at, now=now)
    talk = talk_actions.start(
        talk_actions.Beginning(
            organization=form.organization, form_key=uuid4(), place=Place.OUTREACH, person=sheet.person,
            said=sheet.said, question=sheet.question,
        ),
        by=by,
    )  # fmt: skip
    referral = actions.prepare(talk.questions.get(), sheet.service, by=by)
    shared = {item.value: item.value in sheet.shared for item in ON_THE_FORM}
    actions.choose(referral, shared=shared, colleague="", warmth=Warmth.ANNOUNCED, by=by)
    kept.happened_at, kept.recorded_at, kept.recorded_by, kept.referral = sheet.happened_at, now, by, referral
    kept.save(update_fields=["happened_at", "recorded_at", "recorded_by", "referral"])
    note(
        "referral.typed_in", referral, by=by, organization=form.organization, code=kept.code,
        happened_at=sheet.happened_at.isoformat(timespec="minutes"), recorded_at=now.isoformat(timespec="minutes"),
    )  # fmt: skip
    return referral
