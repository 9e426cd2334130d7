"""What both sides write to each other: messages with files and names, ready-made texts, and when mail may come."""
