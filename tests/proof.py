"""A browser in which someone has just shown that it is they, as after a login by hand."""

import time

from django.test import Client


def proven(client: Client, *, ago: float = 0, method: str = "password") -> Client:
    """Let who is logged in here have shown it, so many seconds ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - ago}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client
