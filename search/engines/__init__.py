"""Engines: each holds the records and answers a plan."""
