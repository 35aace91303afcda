"""Backups, checks and the closing of a day: what a station head looks after."""
