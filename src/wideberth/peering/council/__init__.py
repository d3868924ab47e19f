"""What parties say to each other in the council: one file of bodies a kind of matter (ADR 13)."""
