"""The parts of a deep check: the log, the tables made from it again, what lies elsewhere."""
