"""What is left of item E once places, heights and bands are taken out of it (R18)."""

import re
from typing import Final

from wideberth.formats.notam_frequencies import without_frequencies
from wideberth.formats.notam_heights import without_heights
from wideberth.formats.notam_runs import extents_in
from wideberth.formats.reading import Problem, Severity

_POSITION: Final = re.compile(r"[0-9][NSEW]|[NSEW][0-9]")
_LABEL: Final = re.compile(r"\b(?:(?:AREA|SECTOR|ZONE|PART) ?[0-9A-Z]\b|[0-9]{1,2}[.):](?= |$))")
_PHONE: Final = re.compile(r"\b(?:TEL|PHONE|PHN|FAX|MOB|MOBILE)\b[ .:+0-9()/-]*")
_CONDITION: Final = re.compile(
    r"\b(?:NOT|INACTIVE|DEACTIVATED|EXC|EXCEPT|EXCEPTING|EXCLUDING|ONLY|UNLESS|IF|WHEN|OUTSIDE"
    r"|WITHOUT|BEYOND|SUBJECT TO|ALSO|ADDITIONALLY|SUNRISE|SUNSET|HOL|HOLIDAYS?|(?:MON|TUES|WEDNES"
    r"|THURS|FRI|SATUR|SUN)DAYS?)\b"
)
_FULL_STOP: Final = re.compile(r"\.(?![0-9])|[;:\n]")
_CONNECTING: Final = frozenset(
    [
        "A",
        "AN",
        "THE",
        "AND",
        "OF",
        "TO",
        "FROM",
        "BY",
        "ON",
        "IN",
        "AT",
        "WI",
        "WITHIN",
        "RADIUS",
        "CIRCLE",
        "CENTRE",
        "CENTER",
        "CENTRED",
        "CENTERED",
        "AREA",
        "AREAS",
        "BOUNDED",
        "LATERAL",
        "LIMITS",
        "LINE",
        "JOINING",
        "HEIGHT",
        "HGT",
        "LVL",
        "EITHER",
        "SIDE",
        "FREQ",
    ]
)


def rest_of(text: str, title: str, where: str) -> tuple[Problem, ...]:
    """Return what a person must know was not used of a text in capitals.

    Sentences that set conditions, or hold a figure that nothing used, are PARTIAL: whatever they
    say, the whole extent counts. All other words but the title are told in one NOTE.
    """
    doubtful: list[str] = []
    plain: list[str] = []
    for sentence in _FULL_STOP.split(_without_used(text)):
        words = " ".join(sentence.split()).strip(" ,-/")
        if _CONDITION.search(words) or re.search(r"[0-9]", _PHONE.sub(" ", words)):
            doubtful.append(words)
        elif words != title and not _CONNECTING.issuperset(words.split()):
            plain.append(words)
    told = []
    if doubtful:
        what = "conditions or figures in item E that were not used; the whole extent counts."
        told.append(Problem(Severity.PARTIAL, where, what, "Look at them.", ". ".join(doubtful)))
    if plain:
        what = "other words of item E, kept as text."
        told.append(Problem(Severity.NOTE, where, what, text=". ".join(plain)))
    return tuple(told)


def _without_used(text: str) -> str:
    """Return a text without positions, distances, heights, bands and labels."""
    bare = without_heights(without_frequencies(text))
    for extent in extents_in(bare):
        bare = bare.replace(extent.words, " ", 1)
    words = (word for word in _LABEL.sub(" ", bare).split(" ") if not _POSITION.search(word))
    return " ".join(words)
