"""A case by its rules alone: events, states, numbers, deadlines, tracking, tickets. No disk, no window."""
