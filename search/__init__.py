"""Search: the public catalogue in plain words, with one planner in front of interchangeable engines."""
