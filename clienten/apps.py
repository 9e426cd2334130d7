"""The clienten app."""

from django.apps import AppConfig


class ClientenConfig(AppConfig):
    name = "clienten"

    def ready(self) -> None:
        """Add this room to the file of a person, and what the night does with files whose time is over."""
        from clienten import retention  # noqa: PLC0415 (models are not there before ready)
        from clienten.rights_of_subject import own_words  # noqa: PLC0415 (the same)
        from core.jobs import Job, register  # noqa: PLC0415 (the same)

        own_words.register()
        register(Job("retention", retention.run))
