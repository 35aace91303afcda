"""What the hall may see: calls, who waits, workflows, the community. Masked, read-only, in any language."""
