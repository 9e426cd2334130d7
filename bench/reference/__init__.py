"""What a Django team would pick first: Wagtail's own search on PostgreSQL, fed with the same records."""
