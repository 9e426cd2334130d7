"""Warm referral: a question handed over until contact is confirmed."""
