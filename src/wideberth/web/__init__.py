"""HTTP: the doors for people and their tools, and for peers."""
