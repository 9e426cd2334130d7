"""The demo: everything embedded, keys made on the first start, invented data only."""

import contextlib
import json
import os
import secrets

from config.settings import base
from config.settings.base import *  # noqa: F403 (a settings module is a namespace)
from core.keys import new_key

KEY_FILE = base.DATA_DIR / "demo-keys.json"
if not KEY_FILE.exists():
    # Written aside and linked into place, so that two processes that start at once read the same keys.
    made = KEY_FILE.with_name(f"demo-keys-{os.getpid()}.json")
    made.touch(mode=0o600)
    made.write_text(json.dumps({"secret": secrets.token_urlsafe(50), "field": new_key(), "audit": new_key()}))
    with contextlib.suppress(FileExistsError):
        os.link(made, KEY_FILE)
    made.unlink()
_keys = json.loads(KEY_FILE.read_text(encoding="utf-8"))

SECRET_KEY = base.env("SECRET_KEY", default=_keys["secret"])
FIELD_ENCRYPTION_KEYS = base.FIELD_ENCRYPTION_KEYS or [_keys["field"]]
AUDIT_KEY = base.AUDIT_KEY or _keys["audit"]
SITE_REGION = base.SITE_REGION or "Beernem, Jabbeke, Oostkamp en Zedelgem"
# Links in mails lead to the port on which the demo runs.
SITE_URL = base.env.site("SITE_URL", f"http://127.0.0.1:{base.env.amount('PORT', 8000, least=1, most=65535)}")
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = base.env.words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = ["demo", *base.INSTALLED_APPS]
DEMO = True
# The accounts of the demo log in with a password, and a talk over coffee does not end them.
SECOND_FACTOR = base.env.one_of("SECOND_FACTOR", ("required", "optional"), "optional")
SESSION_IDLE_MINUTES = base.env.amount("SESSION_IDLE_MINUTES", 120)
# A key or a fingerprint also on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
