"""From a story to clarified questions, in the client's own words."""
