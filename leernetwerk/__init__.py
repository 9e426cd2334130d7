"""The leernetwerk room."""
