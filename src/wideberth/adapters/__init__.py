"""What touches the world: stores, the link to a peer, keys, the clock; siblings do not meet."""
