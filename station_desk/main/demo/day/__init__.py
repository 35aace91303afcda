"""A simulated day of the queue: visitors, counters, a clock that is moved, and what came of it."""
