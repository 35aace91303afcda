"""The settings page: every setting of the program, searched, changed, checked beside its field."""
