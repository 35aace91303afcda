"""Station Desk: the counter program of a community public-service station, and its district server."""

__version__ = "0.1.0"
