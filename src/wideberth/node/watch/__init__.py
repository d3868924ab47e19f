"""The watch of a party's own node: who has it, the hand-over, the roster; no peer is told names."""
