"""Commands of the rights room."""
