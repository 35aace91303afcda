"""The handbook of the counter in a window of its own: F1, at the page somebody is on."""
