"""Signing in and locking: what covers the window while nobody may look at it."""
