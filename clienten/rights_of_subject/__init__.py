"""What a person may ask about the own data: see, correct, erase."""
