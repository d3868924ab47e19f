"""Conversion factors; nothing else in Wideberth converts units.

All values inside the program are metres, seconds UTC, hertz and degrees WGS-84.
"""

from typing import Final

METRES_PER_NAUTICAL_MILE: Final = 1852.0  # exact; ICAO Annex 5, table 3-2
METRES_PER_FOOT: Final = 0.3048  # exact; ICAO Annex 5, table 3-3
METRES_PER_STATUTE_MILE: Final = 1609.344  # exact; international mile
METRES_PER_KILOMETRE: Final = 1000.0
METRES_PER_YARD: Final = 0.9144  # exact; international yard
METRES_PER_FATHOM: Final = 1.8288  # exact; six international feet
METRES_PER_FLIGHT_LEVEL: Final = 100.0 * METRES_PER_FOOT  # ICAO Doc 4444, chapter 1
SECONDS_PER_MINUTE: Final = 60.0
SECONDS_PER_HOUR: Final = 3600.0
SECONDS_PER_DAY: Final = 86400.0
HERTZ_PER_KILOHERTZ: Final = 1e3
HERTZ_PER_MEGAHERTZ: Final = 1e6
HERTZ_PER_GIGAHERTZ: Final = 1e9
PASCALS_PER_HECTOPASCAL: Final = 100.0
STANDARD_QNH_HPA: Final = 1013.25  # ICAO Doc 7488, standard atmosphere at mean sea level
