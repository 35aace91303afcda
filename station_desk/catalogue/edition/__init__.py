"""An edition of the catalogue as one signed file: made, signed, verified, compiled, compared with another."""
