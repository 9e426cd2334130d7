"""Emergency access: opening a card of the circle for an hour, and the look back at it."""
