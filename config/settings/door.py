"""How people get in, and how long they stay in: login, second step, sessions, and the login of an employer."""

from datetime import timedelta
from urllib.parse import urlsplit

from config.environment import CannotStart, Environment, _

env = Environment()

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/vandaag/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# One address for each account; another takes its place after a link in that mailbox.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {"add_email": "core.own_address.NewAddress"}
ACCOUNT_ADAPTER = "core.accounts.ClosedSignupAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who changes a password or a second step hears of it by mail, and so does who did not.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# A code by mail would prove who reads the mailbox, not who sits here.
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login_failed": "10/m/ip,5/10m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
}
# A tick "stay logged in" would promise what the clock of the session takes back.
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.amount("TRUSTED_PROXY_COUNT", 0)

# The second step: an app with codes, a key or fingerprint, codes on paper.
SECOND_FACTOR = env.one_of("SECOND_FACTOR", ("required", "optional"), "required")
MFA_ADAPTER = "organisaties.second_factor.SealedAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"edit_webauthn": "core.second_factor_views.KeyName"}
MFA_TOTP_TOLERANCE = 1
# Days in which the second step is not asked again on a device that someone trusts; 0 asks it at every login.
TRUST_DAYS = env.amount("TRUST_DAYS", 30, most=90)
MFA_TRUST_ENABLED = TRUST_DAYS > 0
MFA_TRUST_COOKIE_AGE = timedelta(days=TRUST_DAYS)
# A key that asks for a finger, a face or a code is two steps in one: it opens the door without a password.
MFA_PASSKEY_LOGIN_ENABLED = True
# As often as a password may be typed from one address: behind it may be a whole office in the morning.
MFA_RATE_LIMITS: dict[str, str] | bool = {"webauthn_login": "30/m/ip"}
# An account without an address of its own to confirm: people come in by an invitation to their mailbox.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Minutes without a sign of life, and hours in all; 0 turns that clock off. An organisation may choose shorter.
SESSION_IDLE_MINUTES = env.amount("SESSION_IDLE_MINUTES", 15)
SESSION_HOURS = env.amount("SESSION_HOURS", 10)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Longer than the clock above, so that who comes back is known and finds what was typed.
SESSION_COOKIE_AGE = 60 * 60 * 24
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# The login of an employer or of the government (OpenID Connect, such as ACM/IDM).
SOCIALACCOUNT_ADAPTER = "organisaties.single_login.InvitedOnlyAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_FORMS = {"disconnect": "organisaties.single_login.OtherLogins"}
OIDC_SERVER_URL = env.site("OIDC_SERVER_URL", "")
OIDC_NAME = env("OIDC_NAME", default="ACM/IDM")
# What in `acr` or `amr` proves a second step at the other side.
OIDC_SECOND_FACTOR = env.words("OIDC_SECOND_FACTOR") or ["mfa", "hwk", "otp", "eid"]
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
OIDC_FORM_ACTION: list[str] = []
if OIDC_SERVER_URL:
    address = urlsplit(OIDC_SERVER_URL)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost"}:
        raise CannotStart(_("OIDC_SERVER_URL does not begin with https://."))
    if not (env("OIDC_CLIENT_ID", default="") and env("OIDC_CLIENT_SECRET", default="")):
        raise CannotStart(_("OIDC_SERVER_URL needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET as well."))
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "oidc",
            "name": OIDC_NAME,
            "client_id": env("OIDC_CLIENT_ID", default=""),
            "secret": env("OIDC_CLIENT_SECRET", default=""),
            "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
        }
    ]
    # The button of the login is a form, and the answer leads to the other side.
    OIDC_FORM_ACTION = [f"{address.scheme}://{address.netloc}"]
