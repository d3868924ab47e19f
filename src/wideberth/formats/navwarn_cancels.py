"""Which warnings a warning ends, and the lists of those in force."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from wideberth.formats.navwarn_times import at
from wideberth.formats.navwarn_tokens import DTG, MONTH, NUM, REF, WORD, Token

_SERIES: Final = re.compile(r"[A-Z][A-Z .&/-]*[A-Z]|[A-Z]")
_IN_FORCE: Final = re.compile(
    r"\b(NAVAREA [IVX]+|HYDRO(?:PAC|LANT|ARC)|[A-Z]+) WARNINGS? IN[- ]?FORCE AS OF\b"
)
_LISTED: Final = re.compile(r"\b([0-9]{1,5})/(?:20)?([0-9]{2})\b")
_MAX_BETWEEN: Final = 8
_PARTS: Final = frozenset((WORD, REF, ",", "AND"))


class Cancels(NamedTuple):
    """The ids a clause names, the tokens it used, and the place after it."""

    targets: tuple[str, ...]
    used: tuple[int, ...]
    end: int


def cancels_at(tokens: Sequence[Token], i: int, text: str, own_series: str) -> Cancels | None:
    """Return what the clause at a CANCEL token ends: CANCEL NAVAREA XII 189/23, 190/23.

    A number without a series belongs to the series before it, at first the message's own.
    """
    series = own_series
    targets: list[str] = []
    used = [i]
    j = end = i + 1
    while j < len(tokens) and j - end < _MAX_BETWEEN:
        token = tokens[j]
        if token.kind == REF:
            words = _SERIES.search(text[tokens[end - 1].end : token.start].replace("AND ", ""))
            series = " ".join(words[0].split()) if words else series
            targets.append(_id(series, token.text))
            used += [k for k in range(end, j + 1) if tokens[k].kind in _PARTS]
            end = j + 1
        elif token.text in {".", "(", "THIS"}:
            break
        j += 1
    if not targets:
        return None
    return Cancels(tuple(targets), (*used, *_group_after(tokens, end)), end)


def _id(series: str, ref: str) -> str:
    number, year = ref.partition("(")[0].split("/")
    return f"{series} {int(number)}/{year[-2:]}"


def _group_after(tokens: Sequence[Token], end: int) -> tuple[int, ...]:
    """Return the tokens of `DTG 242256Z DEC [22]` after a clause: they tell the same message."""
    if at(tokens, end).text != "DTG" or at(tokens, end + 1).kind != DTG:
        return ()
    used = [end + 1]
    if at(tokens, end + 2).kind == MONTH:
        used.append(end + 2)
        if at(tokens, end + 3).kind == NUM and len(at(tokens, end + 3).text) in (2, 4):
            used.append(end + 3)
    return tuple(used)


def in_force_of(text: str) -> tuple[str, frozenset[str]] | None:
    """Return the series and the ids of an in-force list, or None where a text is not one."""
    match = _IN_FORCE.search(text) if "FORCE" in text else None
    if match is None:
        return None
    series = match[1]
    end = text.find("CANCEL ", match.end())
    listed = text[match.end() : end if end >= 0 else len(text)]
    return series, frozenset(f"{series} {int(m[1])}/{m[2]}" for m in _LISTED.finditer(listed))
