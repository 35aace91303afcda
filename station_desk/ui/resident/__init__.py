"""What a resident may ask about his data: a copy, a correction, to be forgotten; and the records of it."""
