"""The page that asks for the passphrase or the envelope where this PC does not open the data by itself."""
