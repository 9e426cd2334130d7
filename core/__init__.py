"""The floor: users, audit, encryption, verdicts and what every room needs."""
