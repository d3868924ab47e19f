"""The working group's matters: what stands, from what was said; pure (ADR 13)."""
