"""The screens of a receiver without accounts: the door, and the question behind it."""
