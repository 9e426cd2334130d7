"""An OpenID provider of our own, small and strict: discovery, codes that work once, PKCE, RSA signatures, user info."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "dorpel", "een geheim tussen twee huizen"
KEY_ID = "2026-11"


def new_rsa() -> rsa.RSAPrivateKey:
    """Make a key pair."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """The other side: who is at its door, and what it says of them."""

    def __init__(self) -> None:
        self.key = self.signs_with = new_rsa()
        self.person: dict[str, Any] = {}
        self.says: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.refused: list[str] = []
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Close the door."""
        self.server.shutdown()
        self.server.server_close()

    def discovery(self) -> dict[str, Any]:
        """Say where everything is."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    def jwks(self) -> dict[str, Any]:
        """Give the public half of the key."""
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Let the person in and send them back with a code. Raises ValueError on a request that is not whole."""
        needed = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
        if any(asked.get(name) != value for name, value in needed.items()) or not asked.get("code_challenge"):
            raise ValueError("authorize")
        if "openid" not in asked["scope"].split():
            raise ValueError("scope")
        code = secrets.token_urlsafe()
        self.codes[code] = {"challenge": asked["code_challenge"], "redirect_uri": asked["redirect_uri"]}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> dict[str, Any]:
        """Change a code for an identity. Raises ValueError when anything does not fit; a code works once."""
        known = self.codes.pop(asked.get("code", ""), None)
        if known is None or (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, SECRET):
            raise ValueError("token")
        hashed = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() != known["challenge"]:
            raise ValueError("pkce")
        if asked.get("redirect_uri") != known["redirect_uri"]:
            raise ValueError("redirect_uri")
        token = secrets.token_urlsafe()
        self.tokens.add(token)
        return {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": self.identity()}

    def identity(self) -> str:
        """Sign who it is."""
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person, **self.says}
        return jwt.encode(said, self.signs_with, algorithm="RS256", headers={"kid": KEY_ID})


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *args: Any) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        """Answer a browser, or the site that asks after someone."""
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            return self._json(self.provider.discovery())
        if parts.path == "/jwks":
            return self._json(self.provider.jwks())
        if parts.path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            return self._json(self.provider.person) if token in self.provider.tokens else self._refuse("userinfo")
        try:
            there = self.provider.authorize(asked)
        except (ValueError, KeyError) as error:
            return self._refuse(str(error))
        self.send_response(302)
        self.send_header("Location", there)
        self.end_headers()
        return None

    def do_POST(self) -> None:
        """Change a code for an identity."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        try:
            return self._json(self.provider.token(asked))
        except ValueError as error:
            return self._refuse(str(error))

    def _json(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, why: str) -> None:
        self.provider.refused.append(why)
        self._json({"error": why}, 400)
