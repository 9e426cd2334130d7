"""The environment of an installation: how a setting is read, and how a start without one ends in a sentence."""

import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

# gunicorn takes this exit code of a worker as: do not try again.
CANNOT_BOOT = 3
SPECIAL = "(in a password %40 for @, %23 for #, %2F for /)"
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
            print(f"Dorpel cannot start: {line}", file=sys.stderr)  # noqa: T201 (logging is not set up yet)
        sys.stderr.flush()
        raise SystemExit(CANNOT_BOOT) from None


class _Values(FileAwareMapping):
    """What is set, or what lies in the file that NAME_FILE names, without the line end of an editor."""

    def __getitem__(self, name: str) -> str:
        try:
            value: str = super().__getitem__(name)
        except (OSError, UnicodeDecodeError):
            raise CannotStart(
                f"{name}_FILE names a file that cannot be read. Correct its path or its rights."
            ) from None
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
            raise CannotStart(f"{var} must be a whole number.") from None

    def words(self, name: str) -> list[str]:
        """Read what is separated by commas."""
        return [word.strip() for word in self(name, default="").split(",") if word.strip()]

    def one_of(self, name: str, allowed: Sequence[str], default: str) -> str:
        """Read one word of a short list, in whatever case. Raises CannotStart when it is none of them."""
        given = (self(name, default="") or default).lower()
        if given not in {word.lower() for word in allowed}:
            raise CannotStart(f"{name} must be {', '.join(allowed[:-1])} or {allowed[-1]}.")
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
            raise CannotStart(f"{name} is not an address that can be read. Write it as {example} {SPECIAL}.")
        return found
