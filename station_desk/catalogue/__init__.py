"""What a published service item is: reading, checking and asking the catalogue and the working calendar."""
