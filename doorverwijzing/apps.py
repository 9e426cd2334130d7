"""The doorverwijzing app."""

from datetime import timedelta

from django.apps import AppConfig


class DoorverwijzingConfig(AppConfig):
    name = "doorverwijzing"

    def ready(self) -> None:
        """Make the clock of referrals known, and what a colleague who goes leaves behind."""
        from clienten import read_log  # noqa: PLC0415  models are loaded only now
        from clienten.emergency import finding  # noqa: PLC0415  the same
        from core import account_parts  # noqa: PLC0415  the same
        from core.jobs import Job, register  # noqa: PLC0415  models are loaded only now
        from doorverwijzing import digest, emergency, gone  # noqa: PLC0415  the same
        from doorverwijzing.client import receipts, rights  # noqa: PLC0415  the same
        from doorverwijzing.clock import owners, ticking  # noqa: PLC0415  the same
        from doorverwijzing.clock.leaving import Questions  # noqa: PLC0415  the same
        from doorverwijzing.fhir import waiting  # noqa: PLC0415  the same
        from doorverwijzing.guest.diary import Outsiders  # noqa: PLC0415  the same
        from doorverwijzing.live import reminding  # noqa: PLC0415  the same
        from doorverwijzing.messages import on_account  # noqa: PLC0415  the same
        from doorverwijzing.ways import copies  # noqa: PLC0415  the same
        from organisaties import departures  # noqa: PLC0415  the same

        departures.register(Questions())
        register(Job("referrals", ticking.run, every=timedelta(minutes=5)))
        register(Job("handovers", lambda: {"reminded": reminding.run()}, every=timedelta(minutes=30)))
        register(Job("owners", owners.mend))
        register(Job("copies", copies.tidy))
        register(Job("gone", gone.tidy))
        register(Job("receipts", receipts.prolong))
        register(Job("answers elsewhere", waiting.look, every=timedelta(hours=1)))
        rights.register()
        read_log.register(Outsiders())
        finding.register(emergency.card_behind)
        register(Job("news", digest.send, every=timedelta(minutes=15)))
        account_parts.register(on_account.MAILS)
        account_parts.register_tick(on_account.BEFORE_CLOCK)
