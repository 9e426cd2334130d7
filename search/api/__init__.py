"""Search for other programs: the same questions and answers as the page, as JSON."""
