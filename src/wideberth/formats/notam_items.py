"""From a text to notices, and from a notice to its items Q and A to G.

Source: ICAO Annex 15, appendix on the NOTAM format; ICAO Doc 8126, chapter 6.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_ID: Final = r"[A-Z][0-9]{4}/[0-9]{2}"
_TYPE: Final = r"NOTAM(?: (?=[NRC](?![A-Z])))?[NRC]"
_HEAD: Final = re.compile(  # looking behind comes after the first letters: five times as fast
    r"(?P<id>[A-Z][0-9]{4}(?<![A-Z0-9/].{5})/[0-9]{2})\s{1,9}"
    rf"(?:(?P<type>{_TYPE})(?:\s{{1,9}}(?P<old>{_ID})(?![0-9]))?|(?=[QA]\)))"
    r"|Q\)(?<![A-Z0-9].\))\s{0,9}(?=[A-Z]{4}/)"
)
_LABEL: Final = re.compile(r"([QABCDEFG])\)(?<![A-Z0-9].\))")
_LIMIT: Final = re.compile(
    r"\s{0,9}(?:GND|SFC|MSL|UNL|FL ?[0-9]|[0-9][0-9.,]{0,9} ?(?:FT|M)(?![A-Z]))"
)
_ORDER: Final = "QABCDEFG"
_LOOKS: Final = re.compile(
    rf"(?<![A-Z0-9/]){_ID}\s{{1,9}}{_TYPE}|(?<![A-Z0-9])Q\)\s{{0,9}}[A-Z]{{4}}/Q"
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as it stands. id is "" where it has no number; kind is N, R or C.

    replaces: the number after NOTAMR or NOTAMC. items: the words of each item, spaces evened out.
    text: the whole notice, spaces evened out.
    """

    id: str
    kind: str
    replaces: str
    items: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class _Start:
    at: int
    body: int
    id: str
    kind: str
    replaces: str
    is_bracketed: bool


def looks_like_notam(text: str) -> bool:
    """Say whether a text holds a notice's head (A1234/26 NOTAMN) or a Q line."""
    return _LOOKS.search(text.upper()) is not None


def notices_of(text: str) -> tuple[tuple[Notice, ...], tuple[str, ...]]:
    """Return the notices of a text in capitals, and the pieces of text around them."""
    starts = _starts(text)
    around = [text[: starts[0].at] if starts else text]
    notices = []
    for i, start in enumerate(starts):
        end = starts[i + 1].at if i + 1 < len(starts) else len(text)
        body, rest = _until_bracket(text[start.body : end], is_bracketed=start.is_bracketed)
        around.append(rest)
        items, unlabelled = _items(body)
        around.append(unlabelled)
        whole = _even(text[start.at : start.body] + body)
        notices.append(Notice(start.id, start.kind, start.replaces, items, whole))
    pieces = (_even(piece).rstrip("( ") for piece in around)
    return tuple(notices), tuple(piece for piece in pieces if piece.strip(")[]=-. "))


def _even(text: str) -> str:
    return " ".join(text.split())


def _starts(text: str) -> list[_Start]:
    """Return where notices begin: at a number, or at a Q line that no number stands before."""
    starts: list[_Start] = []
    has_q = True
    for match in _HEAD.finditer(text):
        number = match["id"]
        if number is not None:
            kind, old = (match["type"] or "N")[-1], match["old"] or ""
            bracket = text[max(0, match.start() - 9) : match.start()].rstrip().endswith("(")
            starts.append(_Start(match.start(), match.end(), number, kind, old, bracket))
            has_q = False
        elif has_q:
            starts.append(_Start(match.start(), match.start(), "", "N", "", is_bracketed=False))
        else:
            has_q = True
    return starts


def _until_bracket(body: str, *, is_bracketed: bool) -> tuple[str, str]:
    """Cut a bracketed notice at its closing bracket: the last that no other one opens.

    Brackets of labels such as G) close nothing.
    """
    if not is_bracketed:
        return body, ""
    body = body.rstrip("( \r\n\t")  # the last bracket may be the next notice's
    at = body.rfind(")")
    is_open = body.count(")") - len(_LABEL.findall(body)) <= body.count("(")
    if at < 1 or is_open or _LABEL.match(body, at - 1):
        return body, ""
    return body[:at], body[at + 1 :]


def _items(body: str) -> tuple[dict[str, str], str]:
    """Return the items by letter, and the text that stands before the first of them.

    Labels count in the order of the format only, so that lists lettered A), B) within item E stay
    in it; F) and G) end item E where a limit follows.
    """
    found = list(_LABEL.finditer(body))
    marks: list[re.Match[str]] = []
    last = -1
    for i, match in enumerate(found):
        order = _ORDER.index(match[1])
        if order > last:
            marks.append(match)
            last = order
        if match[1] == "E":
            marks.extend(_limits(body, found[i + 1 :]))
            break
    if not marks:
        return {}, body
    ends = [m.start() for m in marks[1:]] + [len(body)]
    items = {m[1]: _even(body[m.end() : end]) for m, end in zip(marks, ends, strict=True)}
    return items, body[: marks[0].start()]


def _limits(body: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the labels F and G after item E: the last ones that a limit follows.

    Labels with something else behind them count too, unless item E is a list with letters.
    """
    is_list = any(m[1] in "ABC" for m in found)
    bound = len(body)
    kept: list[re.Match[str]] = []
    for letter in "GF":
        ready = [m for m in found if m[1] == letter and m.start() < bound]
        best = next((m for m in reversed(ready) if _LIMIT.match(body, m.end())), None)
        if best is None and ready and not is_list:
            best = ready[-1]
        if best is not None:
            kept.insert(0, best)
            bound = best.start()
    return kept
