"""The pages of search: results, browsing, comparing, completion."""
