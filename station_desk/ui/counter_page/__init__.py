"""The counter page: who waits, and the request in hand."""
