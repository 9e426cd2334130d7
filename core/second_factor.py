"""The second step of the login: how its secret lies in the database, and what this session has proven."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import trusted_devices
from core.devices import named
from core.encryption import is_current, open_sealed, seal
from core.errors import Unreadable
from core.models import User
from core.reencryption import Rewritten

# The adapter is given a text without its row: all secrets of second steps share this context.
CONTEXT = "mfa.Authenticator.data"
STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# In an authenticator, what is sealed; a key or a fingerprint leaves only its public half here.
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
# Whom the login of an employer vouched for: the id of the person.
VOUCHED = "second_factor_elsewhere"
# In the session: the minutes without a sign of life and the hours that someone may stay; the clock writes it.
STAY = "stay"
FRESH_SECONDS, MINUTE = 600, 60
# With fewer spare codes than these, someone is told to make new ones.
FEW_SPARE = 3


class Steps(NamedTuple):
    """The second steps of someone: since when the app with codes, the names of keys, and how many spare codes are left.

    `spare` is None for who has none and needs none.
    """

    app_since: datetime | None
    keys: list[str]
    spare: int | None

    @property
    def runs_out(self) -> bool:
        """Tell whether it is time for new spare codes."""
        return self.spare is not None and self.spare < FEW_SPARE


def steps_of(user: User) -> Steps:
    """Give the second steps of someone, in one query."""
    kinds = Authenticator.Type
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    app = next((one.created_at for one in found if one.type == kinds.TOTP), None)
    spare = next((one.wrap() for one in found if one.type == kinds.RECOVERY_CODES), None)
    keys = [str(one.wrap().name) for one in found if one.type == kinds.WEBAUTHN]
    return Steps(app, keys, len(spare.get_unused_codes()) if spare else None)


class CipherAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second steps under the keys of the installation, and says no in our words."""

    error_messages: ClassVar[dict[str, Promise | str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or has just passed. Type the new one."),
        "cannot_delete_authenticator": _("You need one second step. First add another, then take this one away."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text, context=CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret. Raises Unreadable when its key is gone."""
        return open_sealed(encrypted_text, context=CONTEXT)

    def may_trust_devices(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Tell whether this installation lets someone trust a device."""
        return settings.TRUST_DAYS > 0

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's name)
        """Call a new key after the device on which it is made; from the second on with a number."""
        device, _held = named(context.request.headers.get("User-Agent", ""))
        before = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        words = {"device": device, "number": before + 1}
        return (gettext("Key %(number)s of %(device)s") if before else gettext("Key of %(device)s")) % words

    def get_totp_issuer(self) -> str:
        """Name the site in the app with codes."""
        return settings.SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site to the key, with the host to which it binds itself."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}


class SecondStep(AuthenticateStage):
    """Asks for the second step, unless an employer's login, a key alone or a trusted device answers for it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if user is None or not is_set_up(user) or is_vouched_for(request, user):
            return False
        return not did_use_passwordless_login(request, user) and trusted_devices.here(request, user) is None


def is_set_up(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether this person has a second step of their own here."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=STEPS).exists()


def vouch(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Write down that the login of an employer took two steps for this person."""
    request.session[VOUCHED] = str(user.pk)


def is_vouched_for(request: HttpRequest, user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """Tell whether another login took two steps for this person, in this session."""
    return user is not None and request.session.get(VOUCHED) == str(user.pk)


def passed(request: HttpRequest) -> bool:
    """Tell whether this session stands on two steps, of which the second may lie some days back on this device."""
    if is_vouched_for(request, request.user) or any(one.get("method") == "mfa" for one in _proofs(request)):
        return True
    return trusted_devices.holds(request)


def note_passed(request: HttpRequest, kind: str) -> None:
    """Count what was just set up as proven: who typed the code of a new app holds the app."""
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


def fresh_seconds(request: HttpRequest) -> int:
    """Say how long a proof counts for a step that matters: never longer than someone may sit still."""
    minutes = request.session.get(STAY, [0])[0]
    return min(FRESH_SECONDS, minutes * MINUTE) if minutes else FRESH_SECONDS


def is_fresh(request: HttpRequest, *, seconds: int = FRESH_SECONDS) -> bool:
    """Tell whether this person proved lately that it is they. Who has a second step proves it with that one."""
    proofs = [one["at"] for one in _proofs(request) if one.get("method") in _strong_enough(request)]
    return bool(proofs) and time.time() - proofs[-1] < seconds


def has_own_proof(request: HttpRequest) -> bool:
    """Tell whether this person can prove it here; else the other login vouches for them once more."""
    return is_set_up(request.user) or not is_vouched_for(request, request.user)


def _strong_enough(request: HttpRequest) -> set[str]:
    """Name the ways of proving it that count for this person, in this session."""
    if is_vouched_for(request, request.user):
        return {"mfa", "socialaccount"}
    return {"mfa"} if is_set_up(request.user) else {"mfa", "password", "socialaccount"}


def _proofs(request: HttpRequest) -> list[dict[str, Any]]:
    return list(get_authentication_records(request, request.user))


def reseal(rows: Iterable[Authenticator]) -> Iterator[Rewritten]:
    """Write the secrets of second steps under the key that writes now; say of each what became of it."""
    for row in rows:
        name = SECRETS.get(Authenticator.Type(row.type), "")
        try:
            stale = bool(name) and not is_current(row.data[name])
            if stale:
                row.data[name] = seal(open_sealed(row.data[name], context=CONTEXT), context=CONTEXT)
                row.save(update_fields=["data"])
            yield Rewritten(stale)
        except Unreadable:
            yield Rewritten(False, (f"{row._meta.label} {row.pk}: {name}",))
