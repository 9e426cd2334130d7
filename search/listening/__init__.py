"""What may be counted of questions, and what the region lacks."""
