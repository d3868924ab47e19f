"""Settings for all tests: laws draw the same examples on every machine, and have no deadline."""

from hypothesis import settings

settings.register_profile("wideberth", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("wideberth")
