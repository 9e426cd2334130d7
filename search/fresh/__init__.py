"""Keeps every index in step with the catalogue, and looks whether it is."""
