"""The yes: how it is given and asked again, taken back, shown later, and shared without."""
