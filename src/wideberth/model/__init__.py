"""Values only: what an activity, a volume, an agreement and a conflict are."""
