"""Speed of the join beside tuned peers, of a cold start and of the readers; `make bench`."""
