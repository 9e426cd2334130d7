"""A receiver without accounts: a link, a code by mail, and one question."""
