"""Who acts on a referral: someone who logged in, the guest of a receiver without accounts, or a receiver elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from core import audit
from core.models import User
from doorverwijzing.models import GuestLink, Referral
from organisaties.models import Organization

GUEST = "guest:"


@dataclass(frozen=True)
class Guest:
    """Someone who proved to read the mailbox of a receiver: acts for that receiver, on one referral only."""

    link_id: UUID
    referral_id: UUID
    organization_id: str
    mailbox: str

    @property
    def signature(self) -> str:
        """Give the name under which the audit chain knows this guest; `described` says who that is."""
        return f"{GUEST}{self.link_id.hex}"


@dataclass(frozen=True)
class Elsewhere:
    """The receiver of one referral, who works in another installation and whose answer came as a file."""

    referral_id: UUID
    organization_id: str
    # Who it was is known there; here the operator read the file.
    signature: str = audit.SYSTEM


Actor = User | Guest | Elsewhere


def guest_of(link: GuestLink) -> Guest:
    """Give the guest that came in by a link."""
    return Guest(link.pk, link.referral_id, link.referral.receiver_id, link.mailbox)


def stands_for(actor: Actor, organization: Organization, referral: Referral) -> bool:
    """Tell whether this actor speaks for an organization about a referral."""
    if isinstance(actor, Guest | Elsewhere):
        return (actor.referral_id, actor.organization_id) == (referral.pk, organization.pk)
    return organization.is_cared_for_by(actor)


def user_of(actor: Actor | str) -> User | None:
    """Give the account, for a foreign key; a guest, who works elsewhere, the client and the clock have none."""
    return actor if isinstance(actor, User) else None


def signed(actor: Actor | str) -> User | str:
    """Give the actor as the audit chain takes it."""
    return actor.signature if isinstance(actor, Guest | Elsewhere) else actor


def described(signatures: Iterable[str]) -> dict[str, str]:
    """Say who the guests in the audit chain were: "Rijdienst, on…@rijdienst.example"; nothing of anyone else."""
    links = {signature.removeprefix(GUEST) for signature in signatures if signature.startswith(GUEST)}
    found = GuestLink.objects.filter(pk__in=links).select_related("referral__receiver") if links else []
    return {f"{GUEST}{link.pk.hex}": f"{link.referral.receiver}, {masked(link.mailbox)}" for link in found}


def masked(mailbox: str) -> str:
    """Show enough of an address to know it again: "on…@rijdienst.example"."""
    name, _at, house = mailbox.partition("@")
    return f"{name[:2]}…@{house}"
