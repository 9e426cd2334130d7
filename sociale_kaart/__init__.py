"""The catalogue of help, in the words of HSDS."""
