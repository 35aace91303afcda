"""The key of the database: never plain, opened by this PC, a passphrase, or the envelope of the head."""
