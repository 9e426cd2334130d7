"""A key in software: it signs what the server asks, as the key or the fingerprint reader of a device would."""

import json
import os

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HERE = "testserver"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def _digest(content: bytes) -> bytes:
    made = Hash(SHA256())
    made.update(content)
    return made.finalize()


class SoftKey:
    """A key that knows its owner."""

    def __init__(self, owner) -> None:
        self.owner, self.id = owner, os.urandom(16)
        self.secret = ec.generate_private_key(ec.SECP256R1())
        public = ES256.from_cryptography_key(self.secret.public_key())
        known = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(_digest(HERE.encode()), PRESENT | VERIFIED | WITH_KEY, 0, known)
        self.stored = WebAuthn.add(
            owner,
            "laptop",
            self._answer(
                attestationObject=websafe_encode(AttestationObject.create("none", data, {})),
                clientDataJSON=websafe_encode(CollectedClientData.create("webauthn.create", b"x", f"https://{HERE}")),
            ),
        ).instance

    def _answer(self, **response):
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def sign(self, browser, *, verified=True, owner=None, origin=f"https://{HERE}"):
        """Ask the login what to sign, and sign it; `verified` tells whether the key asked for a finger or a code."""
        asked = browser.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
        return self.answer(asked, verified=verified, owner=owner, origin=origin)

    def answer(self, asked, *, verified=True, owner=None, origin=f"https://{HERE}"):
        """Sign what a page asked."""
        challenge = asked["request_options"]["publicKey"]["challenge"]
        said = CollectedClientData.create("webauthn.get", challenge, origin)
        data = AuthenticatorData.create(_digest(HERE.encode()), PRESENT | (VERIFIED if verified else 0), 1)
        return json.dumps(
            self._answer(
                clientDataJSON=websafe_encode(said),
                authenticatorData=websafe_encode(data),
                signature=websafe_encode(self.secret.sign(data + _digest(said), ec.ECDSA(SHA256()))),
                userHandle=websafe_encode(user_pk_to_url_str(owner or self.owner).encode()),
            )
        )
