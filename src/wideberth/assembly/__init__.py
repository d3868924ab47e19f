"""Config to running node: the only place where adapters meet ports."""
