"""Template tags of the floor: icons, words for time, clock, fields."""
