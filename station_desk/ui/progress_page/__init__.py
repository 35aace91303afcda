"""Cases in progress: who has them, what is due, and the next step of each."""
