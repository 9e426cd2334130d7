"""The figures of the house: `make bench`. Compare within one run only; machines differ."""
