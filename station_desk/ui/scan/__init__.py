"""The scanner and the card reader: heard wherever the focus is, and what they read opens what it names."""
