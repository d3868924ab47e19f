"""A recursive descent over a warning's tokens: paragraphs, letters, and what each of them says.

Every token that resembles a position, time, distance or frequency is used or left over, and
what is left over is told. Sources: S-53 (IHO/IMO/WMO manual on maritime safety information) and
the form of NGA's broadcast warnings.
"""

from collections.abc import Callable
from typing import Final

from wideberth.formats.navwarn_cancels import cancels_at
from wideberth.formats.navwarn_dates import year_of
from wideberth.formats.navwarn_leftovers import leftovers, title_of
from wideberth.formats.navwarn_messages import Message
from wideberth.formats.navwarn_places import Manner, Shape, list_at
from wideberth.formats.navwarn_quantities import GNSS_HZ, distance_at, frequencies_at
from wideberth.formats.navwarn_times import Element, at, elements_at
from wideberth.formats.navwarn_tokens import (
    CLOCK,
    DTG,
    ITEM,
    NUM,
    POSITIONS,
    WEEKDAY,
    tokens_of,
)
from wideberth.formats.navwarn_walk import Parsed, Walk
from wideberth.units import SECONDS_PER_DAY

_SURE: Final = frozenset(("TRACKLINE", "TRACKLINES"))
_LINES: Final = _SURE | {"LINE", "LINES", "TRACK", "ROUTE"}


def parse(message: Message) -> Parsed:
    """Return what a message says; never fails, what is not understood is among the remarks."""
    tokens = tokens_of(message.text)
    year = year_of(int(message.issue_s // SECONDS_PER_DAY))
    walk = Walk(message, tokens, bytearray(len(tokens)), year)
    i = 0
    while i < len(tokens):
        token = tokens[i]
        step = _STEPS.get(token.kind)
        i = step(walk, i) if step else i + 1
    _close_paragraph(walk)
    remarks = (*walk.remarks, *leftovers(tokens, walk.used, message.text))
    return Parsed(
        tuple(walk.places),
        tuple(walk.times),
        tuple(walk.berths),
        tuple(dict.fromkeys(walk.bands)),
        tuple(dict.fromkeys(walk.channels)),
        tuple(walk.depths_m),
        tuple(walk.ceilings_m),
        walk.cancel,
        tuple(walk.targets),
        remarks,
        title_of(tokens, walk.used, message.text),
        walk.wide_berths,
        walk.vicinities,
    )


def _item(walk: Walk, i: int) -> int:
    """Enter a paragraph or a letter; a mark out of its order is only a word."""
    mark = walk.tokens[i].text[:-1]
    if mark.isdigit():
        if int(mark) != int(walk.paragraph or 0) + 1:
            return i + 1
        _close_paragraph(walk)
        walk.letters_manner = None
        walk.paragraph, walk.letter = mark, ""
        walk.placed_in_letter = False
        return walk.use(i, i + 1)
    last = max((p.label[-1:] for p in walk.places if p.label[:-1] == walk.paragraph), default="")
    last = max(last, walk.letter, "@")
    follows = at(walk.tokens, i + 1).kind in POSITIONS
    if mark > last and (ord(mark) - ord(last) <= 2 or follows):
        if walk.letter == "" and walk.manner is not None:
            walk.letters_manner = walk.manner
        _close_manner(walk)
        walk.manner, walk.letter, walk.placed_in_letter = walk.letters_manner, mark, False
        return walk.use(i, i + 1)
    return i + 1


def _stop(walk: Walk, i: int) -> int:
    """End a sentence: a distance waits no longer; after its place a letter is over."""
    if not walk.letter and walk.letters_manner is None:
        _close_manner(walk)
    if walk.placed_in_letter:
        walk.letter, walk.placed_in_letter = "", False
    return i + 1


def _close_manner(walk: Walk) -> None:
    """Tell of words that ask for a place which never came."""
    manner = walk.manner
    walk.manner = None
    if manner is None or manner is walk.letters_manner or manner.words is None:
        return
    walk.tell("words that ask for positions; none came.", *manner.words)


def _close_paragraph(walk: Walk) -> None:
    if not any(p.manner is walk.letters_manner for p in walk.places):
        walk.manner, walk.letters_manner = walk.letters_manner or walk.manner, None
    _close_manner(walk)
    if walk.width is not None:
        walk.tell("a width without its line.", walk.width[1], walk.width[2])
        walk.width = None


def _list(walk: Walk, i: int) -> int:
    manner = walk.manner or Manner()
    listed = list_at(walk.tokens, i, manner, walk.message.text, walk.label)
    for k in listed.used:
        walk.used[k] = 1
    walk.remarks.extend(listed.remarks)
    if listed.place is not None:
        walk.places.append(listed.place)
    walk.placed_in_letter = bool(walk.letter)
    walk.manner = None
    return listed.end


def _time(walk: Walk, i: int) -> int:
    found, end = elements_at(walk.tokens, i, walk.year)
    if not found:
        return i + 1
    walk.times.append((walk.label, found, walk.words(i, end)))
    return walk.use(i, end)


def _number(walk: Walk, i: int) -> int:
    distance = distance_at(walk.tokens, i)
    if distance is not None:
        after = _distance(walk, i, distance.metres, distance.end)
        if after > i and distance.is_guessed:
            _tell_guess(walk, i, distance.end)
        return after if after > i else distance.end
    return _frequency(walk, i) or _time(walk, i)


def _distance(walk: Walk, i: int, metres: float, j: int) -> int:
    """Use a distance for what the word after or before it says; i where nothing says it."""
    after = at(walk.tokens, j).text
    after = at(walk.tokens, j + 1).text if after in {"OF", "ON"} else after
    before = {t.text for t in walk.tokens[max(0, i - 3) : i]}
    if after == "BERTH":
        walk.berths.append((walk.label, metres))
        return walk.use(i, j + 1 + (at(walk.tokens, j + 1).text == "REQUESTED"))
    if after in {"WIDE", "WIDTH"}:
        if at(walk.tokens, j + 1).text in _LINES:
            return _widen(walk, i, j + 1, Manner(Shape.LINE, metres / 2.0))
        walk.width = (metres / 2.0, walk.tokens[i].start, walk.tokens[j].end)
        return walk.use(i, j + 1)
    if after == "RADIUS" or "RADIUS" in before:
        return _widen(walk, i, j, Manner(Shape.POINTS, metres))
    if after in {"EITHER", "SIDE"}:
        return _widen(walk, i, j, Manner(Shape.LINE, metres))
    if after in {"BELOW", "SHOAL", "SHOALS"} or {"DEPTH", "FLOAT", "LEAST"} & before:
        walk.depths_m.append((walk.label, metres))
        return walk.use(i, j)
    if {"HEIGHT", "HEIGHTS", "ALTITUDE", "CEILING", "UP"} & before:
        walk.ceilings_m.append(metres)
        return walk.use(i, j)
    return i


def _widen(walk: Walk, i: int, j: int, manner: Manner) -> int:
    """Let a distance wait for its list; a line that already waits takes it as half its width."""
    shape = walk.manner.shape if walk.manner else manner.shape
    start = walk.tokens[i].start
    if walk.manner and walk.manner.words:
        start = min(start, walk.manner.words[0])
    within_m = max(manner.within_m or 0.0, (walk.manner and walk.manner.within_m) or 0.0)
    walk.manner = Manner(shape, within_m, (start, walk.tokens[j - 1].end))
    return walk.use(i, j)


def _within(walk: Walk, i: int) -> int:
    """Read WITHIN [A RADIUS OF] n MILES [OF]; the shape is that of the words that follow."""
    j = i + 1
    while at(walk.tokens, j).text in {"A", "AN", "THE", "RADIUS", "OF"}:
        j += 1
    distance = distance_at(walk.tokens, j)
    if distance is None:
        return walk.use(i, i + 1) if at(walk.tokens, j).text in {"AREA", "AREAS"} else i + 1
    if distance.is_guessed:
        _tell_guess(walk, j, distance.end)
    return _widen(walk, i, distance.end, Manner(Shape.POINTS, distance.metres))


def _tell_guess(walk: Walk, start: int, end: int) -> None:
    what = "M was read as metres from 50 up, as nautical miles below; ask the issuer."
    walk.tell(what, walk.tokens[start].start, walk.tokens[end - 1].end)


def _shaped(shape: Shape) -> "Callable[[Walk, int], int]":
    def step(walk: Walk, i: int) -> int:
        joins = at(walk.tokens, i + 1).text in {"JOINING", "CONNECTING", "BETWEEN", "FROM"}
        if walk.tokens[i].text in _LINES - _SURE and not joins:
            return i + 1
        waiting = walk.manner
        if waiting is not None and waiting.shape is Shape.AREA:
            return walk.use(i, i + 1)  # BOUND BY LINES JOINING
        start = waiting.words[0] if waiting and waiting.words else walk.tokens[i].start
        within_m = waiting.within_m if waiting else None
        if shape is Shape.LINE and within_m is None and walk.width is not None:
            within_m, walk.width = walk.width[0], None
        walk.manner = Manner(shape, within_m, (start, walk.tokens[i].end))
        return walk.use(i, i + 1)

    return step


def _joining(walk: Walk, i: int) -> int:
    if walk.manner is None and at(walk.tokens, i + 1).kind in POSITIONS:
        walk.manner = Manner(Shape.LINE)
    return walk.use(i, i + 1) if walk.manner else i + 1


def _frequency(walk: Walk, i: int) -> int:
    bands, end = frequencies_at(walk.tokens, i)
    if not bands:
        return 0
    (walk.bands if walk.tokens[i].kind == NUM else walk.channels).extend(bands)
    for k in range(max(0, i - 4), i):
        if walk.tokens[k].text in {"VHF", "UHF", "HF", "MF", "LF"}:
            walk.use(k, k + 1)
    return walk.use(i, end)


def _channel(walk: Walk, i: int) -> int:
    return _frequency(walk, i) or i + 1


def _gnss(walk: Walk, i: int) -> int:
    walk.bands.append(GNSS_HZ)
    return i + 1


def _wide(walk: Walk, i: int) -> int:
    if at(walk.tokens, i + 1).text != "BERTH":
        return i + 1
    walk.wide_berths += 1
    return walk.use(i, i + 2 + (at(walk.tokens, i + 2).text == "REQUESTED"))


def _vicinity(walk: Walk, i: int) -> int:
    if at(walk.tokens, i + 1).text == "REQUESTED":
        return i + 1  # vessels in vicinity requested to keep a lookout
    walk.vicinities += 1
    return walk.use(i, i + 1)


def _cancel(walk: Walk, i: int) -> int:
    j = i + 1
    if at(walk.tokens, j).text == "THIS" and at(walk.tokens, j + 1).text in {"MSG", "MESSAGE"}:
        found, end = elements_at(walk.tokens, j + 2, walk.year)
        if len(found) == 1 and found[0].element is Element.OPEN:
            walk.cancel += found
            return walk.use(i, end)
        return j + 2
    series = walk.message.id.rpartition(" ")[0]
    clause = cancels_at(walk.tokens, i, walk.message.text, series)
    if clause is None:
        return i + 1
    walk.targets.extend(clause.targets)
    for k in clause.used:
        walk.used[k] = 1
    return max(clause.end, clause.used[-1] + 1)


_Step = Callable[[Walk, int], int]
_TIMES: Final = (
    "UNTIL TILL AT ON FROM COMMENCING BEGINNING STARTING SUNRISE SUNSET DAYLIGHT EXCEPT".split()  # noqa: SIM905
)
_STEPS: Final[dict[str, _Step]] = {
    **dict.fromkeys(POSITIONS, _list),
    **dict.fromkeys((DTG, CLOCK, WEEKDAY), _time),
    ITEM: _item,
    NUM: _number,
    ".": _stop,
    **dict.fromkeys(_TIMES, _time),
    **dict.fromkeys(("BOUND", "BOUNDED"), _shaped(Shape.AREA)),
    **dict.fromkeys(_LINES, _shaped(Shape.LINE)),
    **dict.fromkeys(("JOINING", "CONNECTING"), _joining),
    **dict.fromkeys(("CHANNEL", "CHANNELS", "CH", "CHAN"), _channel),
    **dict.fromkeys(("GPS", "GNSS"), _gnss),
    "WITHIN": _within,
    "WIDE": _wide,
    "VICINITY": _vicinity,
    "NEAR": _vicinity,
    "CANCEL": _cancel,
}
