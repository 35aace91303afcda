"""The district desk: what officials of the district see and decide, signed in, at `/district`."""
