"""The live handover: two workers and the person speak together, at a moment that suits both sides."""
