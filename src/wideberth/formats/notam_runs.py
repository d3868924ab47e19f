"""Item E as runs of positions with the words before and after, and the lengths in those words."""

import itertools
import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from wideberth.formats.notam_positions import Token, tokens_in
from wideberth.model.footprint import Point
from wideberth.units import METRES_PER_FOOT, METRES_PER_KILOMETRE, METRES_PER_NAUTICAL_MILE

_JOIN: Final = re.compile(
    r"[ ,;:/.\-\u2013()&]{0,8}(?:(?:TO|THENCE|THEN|AND|DIRECT|STRAIGHT|LINES?|POINTS?|PSN|COORDS?"
    r"|BACK|RETURN(?:ING)?|VIA|A|THE|IN|LAT|LATITUDE)(?![A-Z0-9])[ ,;:/.\-\u2013()]{0,8}){0,8}"
)
_LABEL: Final = re.compile(
    r"[ ,;./\-]{0,5}(?:AND )?\(?(?:(?:AREA|POINT|PT|P|SECTOR|ZONE|NO|NR) ?)?[0-9A-Z]{1,2}"
    r"[).:]{1,2}[ \-(]{0,4}"
)
_LENGTH: Final = (
    r"([0-9]{1,4}(?:[.,][0-9]{1,3})?)[ -]?"
    r"(NMS?|NAUTICAL MILES?|KMS?|KILOMET(?:ER|RE)S?|M|MTRS?|MET(?:ER|RE)S?|FT|FEET)(?![A-Z0-9])"
)
_RADIUS: Final = re.compile(
    rf"(?:RADIUS|(?<![A-Z])RAD|(?<![A-Z])R)(?: ?[:=] ?| OF (?:ABOUT )?| IS | )?{_LENGTH}"
    rf"|{_LENGTH}[ -]?(?:RADIUS|RAD)(?![A-Z])"
    rf"|(?:WI|WITHIN|W/I|INSIDE) (?:A )?{_LENGTH} (?:OF|FM|FROM|AROUND|ARND)(?![A-Z])"
    rf"|CIRCLE(?: OF| WITH)? {_LENGTH}|{_LENGTH} (?:AROUND|ARND)(?![A-Z])"
)
_HALF: Final = re.compile(
    rf"{_LENGTH} (?:ON |TO )?(?:EITHER|EACH|BOTH) SIDES?"
    rf"|(?:WI|WITHIN|W/I) (?:A )?{_LENGTH} (?:OF|FM|FROM) (?:A |THE )?"
    r"(?:STRAIGHT )?(?:LINE|TRACK|ROUTE|CENTRE ?LINE|CENTER ?LINE|AXIS)(?![A-Z])"
)
_WIDTH: Final = re.compile(rf"{_LENGTH} WIDE(?![A-Z])|WIDTH(?: OF|:| IS)? ?{_LENGTH}")
_HAS_LENGTH: Final = re.compile(r"[0-9][ -]?(?:NM|NAUT|KM|KILO|M|FT|FEET)")
_UNITS: Final = (
    ("NM", METRES_PER_NAUTICAL_MILE),
    ("NAUT", METRES_PER_NAUTICAL_MILE),
    ("K", METRES_PER_KILOMETRE),
    ("F", METRES_PER_FOOT),
    ("M", 1.0),
)


class Extent(NamedTuple):
    """A radius, or half the width of a corridor, and the words that give it."""

    is_corridor: bool
    length_m: float
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Run:
    """Positions in a row. lead and tail: where the words before and after them begin and end.

    is_labelled: a label such as "2)" joins it to the run before. is_line: dashes or TO join its
    positions.
    """

    tokens: tuple[Token, ...]
    lead: int
    tail: int
    is_labelled: bool
    is_line: bool

    @property
    def start(self) -> int:
        """Return where the first position begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Return where the last position ends."""
        return self.tokens[-1].end

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the points of those positions that have one."""
        return tuple(t.point for t in self.tokens if t.point is not None)

    @property
    def words(self) -> str:
        """Return the positions as written."""
        return " ".join(t.words for t in self.tokens)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with malformed positions."""
        return tuple(t.fault for t in self.tokens if t.fault)


def runs_of(text: str) -> list[Run]:
    """Return the runs of positions in a text in capitals with evened spaces, in order."""
    groups = _groups(text)
    found: list[Run] = []
    lead = 0
    for i, (tokens, is_labelled) in enumerate(groups):
        tail = groups[i + 1][0][0].start if i + 1 < len(groups) else len(text)
        gaps = (text[a.end : b.start] for a, b in itertools.pairwise(tokens))
        is_line = any("-" in gap or "\u2013" in gap or "TO" in gap for gap in gaps)
        found.append(Run(tuple(tokens), lead, tail, is_labelled, is_line))
        lead = tokens[-1].end
    return found


def _groups(text: str) -> list[tuple[list[Token], bool]]:
    """Return positions that stand in a row, with whether a label leads to them.

    Single positions each with a label are one row: they are the points of a list.
    """
    groups: list[tuple[list[Token], bool]] = []
    last_end = 0
    for token in tokens_in(text):
        gap = text[last_end : token.start] if groups else "?"
        last_end = token.end
        if _JOIN.fullmatch(gap):
            groups[-1][0].append(token)
        elif _LABEL.fullmatch(gap):
            groups.append(([token], True))
        else:
            groups.append(([token], False))
    return _lists_joined(groups)


def _lists_joined(groups: list[tuple[list[Token], bool]]) -> list[tuple[list[Token], bool]]:
    joined: list[tuple[list[Token], bool]] = []
    is_list = False
    for tokens, is_labelled in groups:
        if is_list and is_labelled and len(tokens) == 1:
            joined[-1][0].extend(tokens)
            continue
        is_list = len(tokens) == 1
        joined.append((list(tokens), is_labelled))
    return joined


def extents_in(text: str) -> list[Extent]:
    """Return the radii and corridor widths in a text in capitals with evened spaces, in order."""
    if _HAS_LENGTH.search(text) is None:
        return []
    found: list[Extent] = []
    for pattern, is_corridor, share in (
        (_HALF, True, 1.0),
        (_WIDTH, True, 0.5),
        (_RADIUS, False, 1.0),
    ):
        for match in pattern.finditer(text):
            if any(match.start() < e.end and e.start < match.end() for e in found):
                continue
            figure, unit = (group for group in match.groups() if group is not None)
            length_m = share * _metres(figure, unit)
            found.append(Extent(is_corridor, length_m, match.start(), match.end(), match[0]))
    return sorted(found, key=lambda e: e.start)


def _metres(figure: str, unit: str) -> float:
    """Return metres; a comma before three digits parts thousands, another one is a decimal."""
    whole, comma, rest = figure.partition(",")
    number = (
        float(whole + rest if len(rest) == 3 else whole + "." + rest) if comma else float(whole)
    )
    return number * next(metres for start, metres in _UNITS if unit.startswith(start))
