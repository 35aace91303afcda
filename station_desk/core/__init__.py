"""What every room may lean on: errors, ids, the clock, paths, texts. Imports nothing of ours."""
