"""The clock that is killed while it writes a mail."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.models.signals import post_save

from core.models import OutgoingMail


@contextmanager
def killed_at_mail(number: int) -> Iterator[list[str]]:
    """Stop what runs in the block while it writes its mail of this number; give to whom it wrote, that one too."""
    written: list[str] = []

    def stop(sender, instance, **_rest):
        written.append(instance.to)
        if len(written) == number:
            raise KeyboardInterrupt

    post_save.connect(stop, sender=OutgoingMail)
    try:
        with pytest.raises(KeyboardInterrupt):
            yield written
    finally:
        post_save.disconnect(stop, sender=OutgoingMail)
