"""What the catalogue tells others when rows changed without passing `save()`, as an import does."""

from django.dispatch import Signal

# Sent with `ids: list[str]`, the services whose listing may look different now; inside a transaction, in batches.
services_changed = Signal()
