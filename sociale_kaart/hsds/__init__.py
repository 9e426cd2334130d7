"""The exchange face of the catalogue: reading HSDS 3.x as tables or as JSON."""
