"""What a NOTAM code (the five letters of the Q line) speaks of.

Source: ICAO Doc 8126, appendix on NOTAM selection criteria; ICAO Doc 8400, the NOTAM code.
"""

import re
from dataclasses import dataclass
from typing import Final

_CODE: Final = re.compile(r"Q([A-Z]{2})([A-Z]{2})")
_SUBJECTS: Final = {
    "AA": "minimum altitude",
    "AC": "control zone",
    "AD": "air defence identification zone",
    "AE": "control area",
    "AF": "flight information region",
    "AH": "upper control area",
    "AL": "minimum usable flight level",
    "AN": "area navigation route",
    "AO": "oceanic control area",
    "AP": "reporting point",
    "AR": "air traffic service route",
    "AT": "terminal control area",
    "AU": "upper flight information region",
    "AV": "upper advisory area",
    "AX": "significant point",
    "AZ": "aerodrome traffic zone",
    "RA": "airspace reservation",
    "RD": "danger area",
    "RM": "military operating area",
    "RO": "overflying",
    "RP": "prohibited area",
    "RR": "restricted area",
    "RT": "temporary restricted area",
    "WA": "air display",
    "WB": "aerobatics",
    "WC": "captive balloon or kite",
    "WD": "demolition of explosives",
    "WE": "exercise",
    "WF": "air refuelling",
    "WG": "glider flying",
    "WH": "blasting",
    "WJ": "banner or target towing",
    "WL": "ascent of free balloon",
    "WM": "firing",
    "WP": "parachute jumping",
    "WR": "radioactive or toxic materials",
    "WS": "burning or blowing gas",
    "WT": "mass movement of aircraft",
    "WU": "unmanned aircraft",
    "WV": "formation flight",
    "WW": "volcanic activity",
    "WY": "aerial survey",
    "WZ": "model flying",
    "OB": "obstacle",
    "OL": "obstacle lights",
    "GA": "satellite navigation, aerodrome",
    "GW": "satellite navigation, area",
    "KK": "checklist",
    "XX": "other matter",
}
_GROUPS: Final = {
    "A": "airspace organisation",
    "C": "communications or surveillance",
    "F": "aerodrome facilities",
    "G": "satellite navigation",
    "I": "instrument landing system",
    "K": "checklist",
    "L": "lighting",
    "M": "movement or landing area",
    "N": "navigation facility",
    "O": "other information",
    "P": "procedures",
    "R": "airspace restriction",
    "S": "air traffic services",
    "W": "warning",
}
_CONDITIONS: Final = {
    "AH": "hours of service are now",
    "AK": "resumed normal operation",
    "AL": "operating again",
    "AP": "prior permission needed",
    "AS": "unserviceable",
    "AU": "not available",
    "AW": "completely withdrawn",
    "CA": "activated",
    "CC": "completed",
    "CD": "deactivated",
    "CE": "erected",
    "CH": "changed",
    "CN": "cancelled",
    "CR": "temporarily replaced",
    "CS": "installed",
    "CT": "on test, do not use",
    "HV": "work completed",
    "HW": "work in progress",
    "LC": "closed",
    "LP": "prohibited to",
    "LR": "restricted to",
    "LS": "subject to interruption",
    "LT": "limited to",
    "LW": "will take place",
    "TT": "trigger",
    "XX": "in plain language",
}
_OVER: Final = frozenset({"AW", "CC", "CD", "CN", "HV"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says. subject and condition: in words; is_known: both stand in the tables.

    is_airspace: the subject takes up air (its group is A, R or W), or it is not known.
    is_over: the condition says that what it speaks of is withdrawn, completed or not active.
    """

    code: str
    subject: str
    condition: str
    is_known: bool
    is_airspace: bool
    is_over: bool


def meaning(code: str) -> Meaning:
    """Return what a NOTAM code says; one that is not in the tables keeps its letters as words."""
    match = _CODE.fullmatch(code)
    if match is None:
        return Meaning(code, code, "", is_known=False, is_airspace=True, is_over=False)
    subject, condition = match.groups()
    named, stated = _SUBJECTS.get(subject), _CONDITIONS.get(condition)
    group = _GROUPS.get(subject[0])
    return Meaning(
        code,
        named or (f"{group} ({code})" if group else code),
        stated or "",
        is_known=(named or group) is not None and stated is not None,
        is_airspace=group is None or subject[0] in "ARW",
        is_over=condition in _OVER,
    )
