"""Backups of a profile: made and proved, thinned with age, restored under a new writer, drilled."""
