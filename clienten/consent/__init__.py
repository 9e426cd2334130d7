"""Giving a yes, asking it on someone's own device, taking it back, and sharing without one."""
