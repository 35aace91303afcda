"""Cards of residents that a reader reads: what a reader may say, and which reader this counter has."""
