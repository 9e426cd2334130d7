"""The screens of the sender, the receiver and the client, one module each."""
