"""What the index holds of one service."""
