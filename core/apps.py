"""The core app."""

from datetime import timedelta

from django.apps import AppConfig
from django.core import checks


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        """Make the jobs of the floor known."""
        from core import night, outbox, sealed_files, virus_scan  # noqa: PLC0415  models are loaded only now
        from core.checks import (  # noqa: PLC0415  the same
            cache_answers,
            cache_is_beside,
            cache_is_there,
            copies_can_be_written,
        )
        from core.jobs import Job, register, requeue_stale  # noqa: PLC0415  the same
        from core.servers import Server, watch  # noqa: PLC0415  the same

        register(Job("mails", outbox.send_waiting, every=timedelta(minutes=1)))
        register(Job("queue", lambda: {"put back": requeue_stale()}, every=timedelta(minutes=10)))
        register(Job("audit chain", night.verify_audit))
        register(Job("keys", night.tidy_keys, hold=timedelta(hours=1)))
        register(Job("files", lambda: {"swept": sealed_files.sweep()}, hold=timedelta(hours=1)))
        register(Job("publishing", night.publish_scheduled, every=timedelta(minutes=15)))
        register(Job("forgetting", night.forget))
        watch(Server("virus scanner", virus_scan.is_configured, virus_scan.answers))
        watch(Server("cache server", cache_is_beside, cache_answers))
        checks.register(copies_can_be_written, deploy=True)
        checks.register(cache_is_there, deploy=True)
