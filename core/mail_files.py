"""Mails as files, for an installation without a mail server: one file each, in the order in which they went."""

import os
from datetime import datetime
from pathlib import Path

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Writes as Django's own does, which names a file by the second and puts mails of one second together."""

    _fname: str | None

    def _get_filename(self) -> str:
        if self._fname is None:
            self._fname = str(Path(self.file_path) / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{os.getpid()}.log")
        return self._fname
