"""Carries the log to the district and brings its answers back."""
