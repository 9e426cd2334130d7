"""Commands of the learning network."""
