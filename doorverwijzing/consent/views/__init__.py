"""The screens of the yes, one module each."""
