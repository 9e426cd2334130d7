"""The reference is an app of the bench alone."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Registers the table of the reference."""

    name = "bench.reference"
    label = "bench_reference"
    default_auto_field = "django.db.models.BigAutoField"
