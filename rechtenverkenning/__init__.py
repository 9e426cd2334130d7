"""Exploring rights: conditions as data, careful outcomes, and a checklist that keeps nothing."""
