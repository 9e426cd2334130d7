"""The environment of an installation: how a setting is read, and how a start without one ends in a sentence."""

import gettext
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

from core.durable import is_writable
from core.keys import read_key

# gunicorn takes this exit code of a worker as: do not try again.
CANNOT_BOOT = 3
# The same catalogue as everywhere: Django's own way to it needs settings, and these words are about those.
LOCALE = Path(__file__).resolve().parent.parent / "locale"
_ = gettext.translation("django", LOCALE, languages=["nl"], fallback=True).gettext
NEW_KEY = _("Make one with: env -i .venv/bin/python manage.py new_key, and keep it outside the database.")
ENGINE_NAMES = {"ENGINE", "BACKEND", "EMAIL_BACKEND"}


class CannotStart(ImproperlyConfigured):
    """A setting is missing or cannot be read. One line for each, in words for the operator; never its value."""


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """End the process with what the operator can do, instead of with a traceback, when it cannot start."""
    try:
        yield
    except CannotStart as error:
        for line in str(error).splitlines():
            print(_("Dorpel cannot start: %(line)s") % {"line": line}, file=sys.stderr)  # noqa: T201 (logging is not set up yet)
        sys.stderr.flush()
        raise SystemExit(CANNOT_BOOT) from None


def is_site(text: str) -> bool:
    """Tell whether this is the http(s) address of a host."""
    try:
        address = urlsplit(text)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


class _Values(FileAwareMapping):
    """What is set, or what lies in the file that NAME_FILE names, without the line end of an editor."""

    def __getitem__(self, name: str) -> str:
        try:
            value: str = super().__getitem__(name)
        except (OSError, UnicodeDecodeError):
            told = _("%(name)s_FILE names a file that cannot be read. Correct its path or its rights.")
            raise CannotStart(told % {"name": name}) from None
        return value.strip()


class Environment(environ.FileAwareEnv):
    """Reads a setting, and refuses one that cannot be read without repeating it."""

    ENVIRON = _Values()
    EMAIL_SCHEMES = {**environ.Env.EMAIL_SCHEMES, "filemail": "core.mail_files.EmailBackend"}

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        """Read one setting and give it its type. Raises CannotStart when it has another."""
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError:
            raise CannotStart(_("%(name)s must be a whole number.") % {"name": var}) from None

    def words(self, name: str) -> list[str]:
        """Read what is separated by commas."""
        return [word.strip() for word in self(name, default="").split(",") if word.strip()]

    def keys(self, name: str) -> list[str]:
        """Read keys that are separated by commas. Raises CannotStart when one is none of ours."""
        found = self.words(name)
        for key in found:
            try:
                read_key(key)
            except ValueError:
                told = _("%(name)s is not a key. %(what_to_do)s")
                raise CannotStart(told % {"name": name, "what_to_do": NEW_KEY}) from None
        return found

    def folder(self, name: str, default: Path) -> Path:
        """Read the path of a folder. Raises CannotStart when this user can neither write in it nor make it."""
        found = Path(self(name, default="") or default).resolve()
        if not is_writable(found):
            told = _("%(name)s: this user may not write in %(folder)s. Give it that folder, or name another one.")
            raise CannotStart(told % {"name": name, "folder": found})
        return found

    def amount(self, name: str, default: int, least: int = 0, most: int = sys.maxsize) -> int:
        """Read a whole number. Raises CannotStart when it lies outside what can be meant."""
        found = self.int(name, default=default)
        if not least <= found <= most:
            facts = {"name": name, "least": least, "most": most}
            between = _("%(name)s must lie between %(least)d and %(most)d.")
            raise CannotStart((_("%(name)s must be at least %(least)d.") if most == sys.maxsize else between) % facts)
        return int(found)

    def site(self, name: str, default: str) -> str:
        """Read the address of a site, without the stroke at its end. Raises CannotStart when it is none."""
        found: str = (self(name, default="") or default).rstrip("/")
        if found and not is_site(found):
            told = _("%(name)s is not an address of a site. Write it as https://dorpel.example.")
            raise CannotStart(told % {"name": name})
        return found

    def one_of(self, name: str, allowed: Sequence[str], default: str) -> str:
        """Read one word of a short list, in whatever case. Raises CannotStart when it is none of them."""
        given = (self(name, default="") or default).lower()
        if given not in {word.lower() for word in allowed}:
            told = _("%(name)s must be %(words)s or %(last)s.")
            raise CannotStart(told % {"name": name, "words": ", ".join(allowed[:-1]), "last": allowed[-1]})
        return next(word for word in allowed if word.lower() == given)

    def address(self, name: str, otherwise: str, read: Callable[[str], Mapping[str, Any]], example: str) -> Any:
        """Read an address such as `postgres://…` into what Django wants. Raises CannotStart when it is none."""
        with warnings.catch_warnings():
            # environ warns with the whole address in it, password and all.
            warnings.simplefilter("ignore")
            try:
                found = read(self(name, default="") or otherwise)
            except (ImproperlyConfigured, ValueError):
                found = {}
        # What environ does not know it passes on as it is; what it knows is the path of a module.
        if not any("." in found.get(key, "") for key in ENGINE_NAMES):
            told = _(
                "%(name)s is not an address that can be read. Write it as %(example)s "
                "(in a password %%40 for @, %%23 for #, %%2F for /)."
            )
            raise CannotStart(told % {"name": name, "example": example})
        return found
