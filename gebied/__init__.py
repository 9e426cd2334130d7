"""Places: municipalities, sub-municipalities, postcodes, zones, regions and their boundaries."""
