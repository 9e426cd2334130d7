"""What changed in the catalogue, written down with the change and read afterwards."""
