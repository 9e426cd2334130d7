"""Searches that a worker keeps for herself, and the mail about new services. Knows nobody who is helped."""
