"""The room of who runs the installation: how the indexes are, and making them anew."""
