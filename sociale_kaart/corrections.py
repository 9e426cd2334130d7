"""Colleagues say what is wrong on a listing; who keeps it changes it or says that it was right, and thanks them."""

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.errors import Refusal
from core.models import User
from core.verdict import ALLOWED, Verdict
from organisaties.models import Membership
from organisaties.roles import Role
from sociale_kaart.models import Correction, Service
from sociale_kaart.models.correction import CorrectionQuerySet, Outcome, Part
from sociale_kaart.permissions import edited_organizations, edits_everything


def may_tell(user: User) -> Verdict:
    """Tell whether this person may say that a listing is wrong: who works for a partner."""
    works = edits_everything(user) or Membership.objects.of(user).exists()
    return ALLOWED if works else Verdict(_("Only who works for a partner can do this."))


def kept_by(user: User) -> CorrectionQuerySet:
    """Give those of the listings that this person keeps."""
    return Correction.objects.of(edited_organizations(user))


def may_close(user: User, correction: Correction) -> Verdict:
    """Tell whether this person may answer one: who keeps the listing."""
    keeps = kept_by(user).filter(pk=correction.pk).exists()
    return ALLOWED if keeps else Verdict(_("Only who keeps listings can do this."))


def waiting_for(user: User) -> int:
    """Count those that this person must answer, in one query, also for who keeps no listing at all."""
    held = Membership.objects.of(user)
    kept = models.Q(service__organization__in=held.filter(role=Role.LISTING_EDITOR).values("organization"))
    return Correction.objects.open().filter(kept | models.Exists(held.coordinating())).count()


def last_thanks(service: Service) -> Correction | None:
    """Give the last one after which this listing was changed."""
    done = service.corrections.filter(outcome=Outcome.ADOPTED)
    return done.select_related("by", "organization").order_by("-closed_at").first()


@transaction.atomic
def tell(service: Service, *, part: Part, text: str, by: User) -> Correction:
    """Write down what is wrong and tell who keeps the listing. Raises NotAllowed or Refusal.

    Who tells the same part twice changes what they said.
    """
    may_tell(by).require()
    if part == Part.OTHER and not text:
        raise Refusal(_("Say what is wrong."))
    works_for = Membership.objects.of(by).select_related("organization").first()
    said, is_new = Correction.objects.open().get_or_create(
        service=service, part=part, by=by,
        defaults={"text": text, "organization": works_for.organization if works_for else None},
    )  # fmt: skip
    if is_new:
        _tell_keepers(said)
    elif text:
        # Answered meanwhile? Then its words are gone, and stay gone.
        Correction.objects.open().filter(pk=said.pk).update(text=text)
    return said


@transaction.atomic
def close(correction: Correction, *, outcome: Outcome, by: User) -> bool:
    """Keep what came of it, let its words go and thank who told; tell whether this was the first. Raises NotAllowed."""
    may_close(by, correction).require()
    mine = Correction.objects.open().filter(pk=correction.pk)
    if not mine.update(closed_at=timezone.now(), outcome=outcome, text=""):
        return False
    if outcome == Outcome.ADOPTED:
        subject = _("Thank you: %(service)s has been changed")
        body = _("You said what was wrong. It has been put right.")
    else:
        subject = _("%(service)s was right")
        body = _("You said that something is wrong. We looked: it is right so.")
    link = settings.SITE_URL + correction.service.get_absolute_url()
    outbox.post(
        to=correction.by.email if correction.by.is_active else "",
        subject=subject % {"service": correction.service},
        body=f"{body}\n\n{link}\n",
        about=correction,
    )
    return True


def _tell_keepers(said: Correction) -> None:
    link = settings.SITE_URL + reverse("sociale_kaart:listings")
    for address in _keepers(said.service):
        outbox.post(
            to=address,
            subject=_("Does %(service)s still hold?") % {"service": said.service},
            body=_("A colleague saw that something is wrong. Look at it here.\n\n%(link)s\n") % {"link": link},
            about=said,
        )


def _keepers(service: Service) -> models.QuerySet[Membership, str]:
    """Give the addresses of who keeps a listing true; without anyone, of who coordinates the network."""
    people = Membership.objects.current().filter(user__is_active=True)
    keepers = people.filter(organization=service.organization_id, role=Role.LISTING_EDITOR)
    found = keepers if keepers.exists() else people.filter(role=Role.NETWORK_COORDINATOR)
    return found.order_by("user__email").values_list("user__email", flat=True).distinct()
