"""The station's own standards (premises, staff, rules): pure rules."""
