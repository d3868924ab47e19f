"""Propagation and interference on arrays: what reaches a receiver, and how sure that is."""
