"""The stories of the demo beyond plain referrals, one module per theme."""
