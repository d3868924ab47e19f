"""Matters of the council at a node: said, heard, kept, watched (ADR 13)."""
