"""The page of the head: who looked at what, and what need not be kept any longer."""
