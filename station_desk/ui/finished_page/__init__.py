"""Finished cases: what came of them, whether they were handed over, whether the district holds them."""
