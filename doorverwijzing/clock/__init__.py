"""What happens when nobody moves: terms, reminders, the chain upwards, and who owns an open question."""
