"""The messages between a station and its district, defined once, with a version."""
