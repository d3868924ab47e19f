"""What no rule of the grammar used: told where it looks like something, else the title."""

from collections.abc import Sequence
from typing import Final

from wideberth.formats.navwarn_tokens import (
    BAD,
    CLOCK,
    DTG,
    LAT,
    LON,
    MONTH,
    NUM,
    UNIT,
    WEEKDAY,
    Token,
    whole_words,
)
from wideberth.formats.reading import Severity

_KINDS: Final = {
    **dict.fromkeys((LAT, LON, BAD), "a position that could not be placed."),
    **dict.fromkeys((DTG, CLOCK, WEEKDAY, MONTH), "a time that could not be used."),
    UNIT: "a distance that could not be used.",
}
_TIMES: Final = "DAILY UNTIL TILL SUNRISE SUNSET DAYLIGHT COMMENCING ALTERNATE LOCAL THRU EXCEPT"
_WORDS: Final = {
    **dict.fromkeys(_TIMES.split(), "a time that could not be used."),
    **dict.fromkeys(
        "BOUND BOUNDED TRACKLINE TRACKLINES WITHIN RADIUS JOINING BERTH".split(),  # noqa: SIM905
        "words of a place that could not be used.",
    ),
    **dict.fromkeys(
        "MHZ KHZ GHZ HZ CHANNELS VHF UHF HF MF LF".split(),  # noqa: SIM905
        "a frequency that could not be used.",
    ),
    "CANCEL": "a cancellation that could not be read.",
}
_VERBS: Final = frozenset(("MAY", "MARCH"))  # months only beside a figure
_FILLERS: Final = frozenset(
    (",", ":", "(", ")", "-", "IN", "AREA", "AREAS", "BY", "OF", "ALONG", "THE", "AND")
)
_FIGURES: Final = frozenset((NUM, DTG))


def leftovers(
    tokens: Sequence[Token], used: bytearray, text: str
) -> list[tuple[Severity, str, str]]:
    """Return a remark for each run of unused tokens that look as if they meant something."""
    found: list[tuple[Severity, str, str]] = []
    last: tuple[str, int, int] | None = None  # what, first token, last token
    for i, token in enumerate(tokens):
        if used[i] or (token.kind not in _KINDS and token.text not in _WORDS):
            continue
        what = _look(tokens, i)
        if not what:
            continue
        first = i
        while first and not used[first - 1] and tokens[first - 1].kind in _FIGURES:
            first -= 1
        if last is not None and last[0] == what and first - last[2] <= 2:
            last = (what, last[1], i)
            continue
        if last is not None:
            found.append(_told(last, tokens, text))
        last = (what, first, i)
    if last is not None:
        found.append(_told(last, tokens, text))
    return found


def _look(tokens: Sequence[Token], i: int) -> str:
    token = tokens[i]
    what = _KINDS.get(token.kind, "")
    has_figure = i > 0 and tokens[i - 1].kind in _FIGURES
    if token.kind == UNIT or token.text in _VERBS:
        return what if has_figure else ""
    return what or _WORDS.get(token.text, "")


def _told(
    run: tuple[str, int, int], tokens: Sequence[Token], text: str
) -> tuple[Severity, str, str]:
    what, first, last = run
    return Severity.PARTIAL, what, whole_words(text, tokens[first].start, tokens[last].end)


def title_of(tokens: Sequence[Token], used: bytearray, text: str) -> str:
    """Return all words that the grammar did not use, in one line.

    Prepositions and commas go with the used word that follows them.
    """
    parts: list[str] = []
    at = last = 0
    for i, token in enumerate(tokens):
        if used[i]:
            first = i
            while first > last and tokens[first - 1].kind in _FILLERS:
                first -= 1
            if first > last:
                parts.append(text[at : tokens[first - 1].end])
            at, last = token.end, i + 1
    parts.append(text[at:])
    return " ".join(" ".join(parts).split()).replace(" .", ".").strip(" .,:;()")
