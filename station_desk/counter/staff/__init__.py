"""The accounts of the station: kept by its head, used by everybody who signs in."""
