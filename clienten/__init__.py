"""The only home of client data and consent."""
