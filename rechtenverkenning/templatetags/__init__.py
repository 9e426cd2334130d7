"""Template tags of the rights."""
