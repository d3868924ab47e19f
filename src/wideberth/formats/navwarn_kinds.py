"""What a warning is about, from its words: its kind, and whether it flies, dives or radiates."""

import re
from typing import Final, NamedTuple

# A leading space keeps a word's beginning: " LIGHT" is not in "FLIGHT".
_FLIES: Final = (
    ("MISSILE", "missile firing"),
    ("ROCKET", "rocket launching"),
    ("SPACE DEBRIS", "space debris"),
    ("SPACECRAFT", "space debris"),
    ("GUNNERY", "gunnery"),
    ("BOMB", "bombing"),
    ("FIRING", "firing"),
    ("DRONE", "drones"),
    ("UNMANNED A", "unmanned aircraft"),
    (" UAV", "unmanned aircraft"),
    (" UAS ", "unmanned aircraft"),
    ("PARACHUT", "parachuting"),
    ("AIR EXERCISE", "air exercise"),
    (" LAUNCH", "launch"),
)
_GNSS: Final = tuple(
    (word, "GNSS interference")
    for word in (
        *(" GPS", " GNSS", "SATNAV", " GALILEO ", " GLONASS", " BEIDOU"),
        *("SATELLITE NAVIGATION", "SATELLITE POSITION"),
    )
)
_AIS: Final = re.compile(r"(?<![A-Z0-9])AIS(?![A-Z0-9])")
_AIS_DISTURBED: Final = re.compile(r"INTERFER|JAMM|SPOOF")
_JAMS: Final = re.compile(r"JAMM|ELECTRONIC WARFARE")
_DISTURBED: Final = tuple(
    (word, "disturbed")
    for word in "INTERFER JAMM SPOOF UNRELIABLE DISRUPT DEGRAD ANOMAL OUTAGE UNUSABLE LOSS".split()  # noqa: SIM905
)
_DIVES: Final = (
    ("UNDERWATER", "underwater operations"),
    ("SUBMARINE", "submarine operations"),
    ("SUBMERSIBLE", "underwater operations"),
    ("DIVING", "underwater operations"),
    ("SEISMIC", "survey"),
    ("CABLE OPERATIONS", "cable operations"),
    ("PIPELINE", "pipeline operations"),
    ("MOORING", "mooring"),
    ("WRECK", "wreck"),
    (" SANK", "wreck"),
    ("SHOAL", "obstruction"),
    (" DEPTH", "obstruction"),
    ("OBSTRUCTION", "obstruction"),
    ("FOUL GROUND", "obstruction"),
    (" REEF", "obstruction"),
    ("SUBMERGED", "obstruction"),
    ("CABLE", "survey"),
)
_OTHERS: Final = (
    ("SURVEY", "survey"),
    ("DISTRESS", "search and rescue"),
    ("MAN OVERBOARD", "search and rescue"),
    ("ADRIFT", "search and rescue"),
    ("OVERDUE", "search and rescue"),
    ("UNREPORTED", "search and rescue"),
    ("ASSISTANCE", "search and rescue"),
    ("FLARES", "search and rescue"),
    ("CATEGORY: SAR", "search and rescue"),
    ("HAZARDOUS OPERATIONS", "hazardous operations"),
    (" EXERCISES", "exercise"),
    ("L EXERCISE", "exercise"),
    ("Y EXERCISE", "exercise"),
    ("MINE", "mines"),
    ("ANCHORING PROHIBITED", "prohibited area"),
    ("NAVIGATION PROHIBITED", "prohibited area"),
    (" AGROUND", "wreck"),
    ("DERELICT", "obstruction"),
    ("PLATFORM", "structure"),
    ("STRUCTURE", "structure"),
    ("WIND FARM", "structure"),
    ("SEA FARM", "structure"),
)
_AIDS: Final = tuple(
    (word, "aid to navigation")
    for word in (" LIGHT", "BUOY", "RACON", "BEACON", "FOG SIGNAL", "RADIO ", "NAVTEX", "OFF AIR")
)


class Nature(NamedTuple):
    """A short class for people, and which volumes the words call for.

    disturbs: radio is disturbed; satellites, ais: which; jams: on purpose, so a band is wanted.
    """

    kind: str
    flies: bool = False
    dives: bool = False
    disturbs: bool = False
    satellites: bool = False
    ais: bool = False
    jams: bool = False


def _first(table: tuple[tuple[str, str], ...], flat: str) -> str:
    for word, kind in table:
        if word in flat:
            return kind
    return ""


def nature_of(text: str) -> Nature:
    """Return what the words of a warning (capitals) say that it is."""
    flat = f" {' '.join(text.split())} "
    flying, diving, gnss = _first(_FLIES, flat), _first(_DIVES, flat), _first(_GNSS, flat)
    jams = _JAMS.search(flat) is not None
    disturbed = bool(_first(_DISTURBED, flat)) or jams
    ais = _AIS.search(flat) is not None and _AIS_DISTURBED.search(flat) is not None
    disturbs = disturbed and bool(gnss or ais or "HZ" in flat)
    kind = flying or (gnss if disturbs else "") or ("AIS interference" if ais else "")
    other = "" if kind else _first(_OTHERS, flat)
    if not kind and other != "search and rescue":
        kind = diving
    kind = kind or other or ("jamming" if jams else "")
    kind = kind or _first(_AIDS, flat)
    return Nature(
        kind or "navigational warning",
        bool(flying),
        bool(diving),
        disturbs,
        satellites=disturbs and bool(gnss),
        ais=ais,
        jams=jams,
    )
