"""The key of the database: never plain, opened by this PC, by a passphrase, or by the envelope of the head."""
