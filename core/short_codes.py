"""Codes that people read from a sheet or a screen and type: short, without signs that look alike, kept as a hash."""

import hashlib
import hmac
import secrets

from django.conf import settings

# No 0, O, 1, I, L, 5, S, 8, B, 2, Z: nobody confuses these on paper or aloud.
SIGNS = "3467ACDEFGHJKMNPQRTUVWXY9"
GROUP = 3


def new_code(length: int) -> str:
    """Make a code, such as K7M4PX."""
    return "".join(secrets.choice(SIGNS) for _i in range(length))


def clean(typed: str) -> str:
    """Read what someone typed: spaces, dots, dashes and lower case are fine."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_code(code: str, length: int) -> bool:
    """Tell whether a text can be a code at all."""
    return len(code) == length and all(sign in SIGNS for sign in code)


def digest_of(kind: str, code: str) -> str:
    """Give the keyed hash by which a code of one kind is looked up."""
    return keyed_hash(f"{kind}:{code}")


def keyed_hash(text: str) -> str:
    """Give a hash that nobody can make, or try out, without the secret of this installation."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def grouped(code: str, between: str = " ") -> str:
    """Write a code in groups, as it is read aloud: "K7M 4PX"."""
    return between.join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
