"""What goes on paper: the packet, the text of consent, and a form to fill in where there is no network."""
