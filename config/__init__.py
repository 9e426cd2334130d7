"""Wiring: settings, urls and the WSGI entry; imported by no one."""
