"""The screens of the other ways, for both sides and for the coordination."""
