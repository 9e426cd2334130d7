"""The screens of the person, and of the worker who answers them."""
