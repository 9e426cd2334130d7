"""Rules of words as drafts, as text and as a table; knows no models."""
