"""Emissions against receivers: what each volume declares, the path between, and the budget."""
