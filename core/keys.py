"""Keys for field encryption and the audit chain: how one is made and read. No Django imports."""

import base64
import secrets

KEY_BYTES = 32


def new_key() -> str:
    """Make a random 256-bit key, as URL-safe base64 text."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def read_key(text: str) -> bytes:
    """Turn the text of `new_key` back into 32 bytes. Raises ValueError on anything else."""
    key = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("A key must be 32 bytes, written as URL-safe base64.")
    return key
