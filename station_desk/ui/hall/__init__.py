"""The display in the hall: calls in large type and by voice, workflows and papers in turn."""
