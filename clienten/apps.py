"""The clienten app."""

from django.apps import AppConfig


class ClientenConfig(AppConfig):
    name = "clienten"

    def ready(self) -> None:
        """Add this room to the file of a person, and what the night and a restore do with what must go."""
        from clienten import retention, unusual_reading  # noqa: PLC0415 (models are not there before ready)
        from clienten.emergency import actions as emergency  # noqa: PLC0415 (the same)
        from clienten.incidents import actions as incidents  # noqa: PLC0415 (the same)
        from clienten.rights_of_subject import asking, erasing, own_words  # noqa: PLC0415 (the same)
        from core import restoring  # noqa: PLC0415 (the same)
        from core.jobs import Job, register  # noqa: PLC0415 (the same)

        own_words.register()
        restoring.ERASE_AGAIN.append(erasing.erase_again)
        register(Job("retention", retention.run))
        register(Job("looking back", emergency.remind))
        register(Job("unusual reading", unusual_reading.tell))
        register(Job("incidents", incidents.night))
        register(Job("questions about data", asking.remind))
